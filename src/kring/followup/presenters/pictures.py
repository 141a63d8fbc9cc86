"""Charts as files of their own."""

from django.template.loader import render_to_string

from kring.design.charts import Chart
from kring.design.paper import typesetting


def svg(chart: Chart) -> bytes:
    """The chart as it stands on the page, with what it needs to stand alone."""
    return render_to_string("design/chart.svg", {"drawn": chart}).strip().encode()


def png(chart: Chart) -> bytes:
    """The same as a picture of dots."""
    return typesetting.picture(svg(chart).decode())
