"""The founding note's model: ten elements, each present through any of its components."""

from atlas import store
from atlas.model import MODEL, elements


def present(*components: str) -> list[str]:
    return [element.code for element, is_present in elements(components) if is_present]


def test_an_element_is_present_through_any_of_its_components():
    assert present("research_lab", "cooperative", "association") == ["research", "social_economy"]
    assert present("university") == ["research"]


def test_what_is_outside_the_model_makes_nothing_present_and_nothing_missing():
    assert present("urban_farm", "recycling_centre") == present() == []
    assert len(elements([])) == len(MODEL) == 10


def test_the_model_speaks_the_vocabulary_and_no_component_counts_twice():
    components = [code for element in MODEL for code in element.components]
    assert len(components) == len(set(components))
    assert set(components) <= set(store.tables().codes.codes("components"))
