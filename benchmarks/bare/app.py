"""The least a Streamlit app with one plotly chart can be: what every page is measured against."""

import plotly.graph_objects as go
import streamlit as st

st.title("Bare")
st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3])))
