import time


def test_it(cast):
    from kring.demo import stories
    from kring.care.plans import queries
    from kring.care.plans.models import Plan
    from kring.care.plans.pdf import make

    stories.alva(stories.Teller(cast.now))
    karin = cast.actor("karin")
    plan = Plan.objects.get(child__person__subject="alva")
    plan = queries.plan_or_404(karin, plan.pk, what="x")
    content = queries.content_of(karin, plan)

    def rss():
        return int(open("/proc/self/statm").read().split()[1]) * 4 // 1024

    print(rss())
    for i in range(200):
        plan.what_matters = f"Jag vill {i} berätta"
        for g in content.goals:
            g.goal.words = f"Jag {i} vill leka"
            g.goal.explanation = f"{i} hej hopp {i * i}"
        for a in content.activities:
            a.what = f"{i} {a.pk}"
        make.paper(list(make.Version)[i % 3], content, karin)
        if i % 40 == 0:
            print(i, rss(), "MB")
    for text in ("x" * 100_000, 'å ä ö #import "x" $x$ @y ] ' * 4000):
        plan.what_matters = text
        plan.situation = text
        content.goals[0].goal.words = text
        for v in make.Version:
            t = time.perf_counter()
            c = time.process_time()
            b = make.paper(v, content, karin)
            print(v, len(text), round(time.perf_counter() - t, 2), round(time.process_time() - c, 2), len(b))
    print(rss())
    for i in range(30):
        plan.what_matters = str(i)
        make.paper(make.Version.CHILD, content, karin)
    print(rss())
