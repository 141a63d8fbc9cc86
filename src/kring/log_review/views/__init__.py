"""The reviewer's pages: reviews, and questions from families."""
