"""The timeline in a real browser: looking closer, and the card behind a mark."""

from playwright.sync_api import expect

CHART = ".st-key-chart-funding_timeline"
STATE = f"""() => {{
    const chart = document.querySelector("{CHART} .js-plotly-plot");
    const {{dragmode, xaxis, xaxis2, xaxis3}} = chart._fullLayout;
    return {{
        dragmode, range: xaxis.range, shared: [xaxis2, xaxis3].every(axis => axis.range[0] === xaxis.range[0]),
        first: chart.data[0].customdata[0]
    }};
}}"""


def test_a_period_moves_every_panel_and_a_mark_opens_its_card(visit):
    page = visit.open("funding?country=FR&level=national&lang=en")
    chart = page.locator(CHART)
    expect(chart.locator(".barlayer .point path").first).to_be_visible()
    state = page.evaluate(STATE)
    assert state["dragmode"] is False, "The page must scroll under a finger."

    buttons = chart.locator(".updatemenu-button")
    buttons.nth(2).click()
    page.wait_for_function(f"() => ({STATE})().range[0] === '2014-01-01'")
    assert page.evaluate(STATE)["shared"]
    buttons.nth(0).click()
    page.wait_for_function(f"() => ({STATE})().range[0] === '2004-01-01'")

    chart.locator(".barlayer .point path").first.click(force=True)
    page.wait_for_url(f"**id={state['first']}**")
    expect(page.get_by_role("link", name="All laws and funding")).to_be_visible()
    assert visit.outside == []
