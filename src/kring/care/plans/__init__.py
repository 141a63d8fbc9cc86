"""The shared plan: samordnad individuell plan (SIP), by hälso- och sjukvårdslagen 16 kap. 4 § and
socialtjänstlagen (2025:400) 10 kap. 8-9 §§, and in Västra Götaland by agreement also with preschool and
school.

Six moments: assess the need, plan, summon, meet, follow up, end. One party's judgement is enough to start.
Each party contributes its own items and stays controller of them; the plan is never one party's login into
another's record. A *contribution* is a need, goal or activity; a *version* is what was agreed at one time.
"""
