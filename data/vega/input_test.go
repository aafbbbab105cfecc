package vega_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/vega"
)

// withParams is a chart of three bars whose length is what the parameters say.
func withParams(params string) []byte {
	return []byte(`{"data":{"values":[{"g":"a","n":1},{"g":"b","n":2},{"g":"c","n":3}]},"params":[` + params + `],
		"transform":[{"filter":"datum.n >= least"}],"mark":"bar","encoding":{"x":{"field":"n","type":"quantitative"},"y":{"field":"g","type":"nominal"}}}`)
}

// onScreen compiles a specification for a screen.
func onScreen(spec []byte, o vega.Options) (*vega.Scene, error) {
	o.Width, o.Height = 300, 200
	return vega.Compile(spec, o)
}

func barsOf(t *testing.T, s *vega.Scene, err error) int {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return len(s.Cells[0].Marks[0].Items)
}

func TestScene_Inputs(t *testing.T) {
	for name, c := range map[string]struct {
		param string
		want  vega.Input
		text  string
	}{
		"a range": {
			`{"name":"least","value":2,"bind":{"input":"range","min":1,"max":3,"step":0.5,"name":"At least"}}`,
			vega.Input{Key: "least", Kind: "range", Label: "At least", Value: 2.0, Min: 1, Max: 3, Step: 0.5}, "2",
		},
		"a range that says nothing of itself": {
			`{"name":"least","value":2,"bind":{"input":"range"}}`,
			vega.Input{Key: "least", Kind: "range", Label: "least", Value: 2.0, Max: 100, Step: 1}, "2",
		},
		"a checkbox": {
			`{"name":"least","value":true,"bind":{"input":"checkbox"}}`,
			vega.Input{Key: "least", Kind: "checkbox", Label: "least", Value: true}, "true",
		},
		"a select": {
			`{"name":"least","value":2,"bind":{"input":"select","options":[null,1,2],"labels":["all"]}}`,
			vega.Input{Key: "least", Kind: "select", Label: "least", Value: 2.0, Options: []any{nil, 1.0, 2.0}, Labels: []string{"all", "1", "2"}}, "2",
		},
		"a radio": {
			`{"name":"least","value":1,"bind":{"input":"radio","options":[1,2],"labels":["one","two"]}}`,
			vega.Input{Key: "least", Kind: "radio", Label: "least", Value: 1.0, Options: []any{1.0, 2.0}, Labels: []string{"one", "two"}}, "one",
		},
		"a text": {
			`{"name":"least","value":"1","bind":{"input":"text"}}`,
			vega.Input{Key: "least", Kind: "text", Label: "least", Value: "1"}, "1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := onScreen(withParams(c.param), vega.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if want := []vega.Input{c.want}; !reflect.DeepEqual(s.Inputs, want) || s.Inputs[0].Text() != c.text {
				t.Errorf("%+v that reads %q, want %+v, %q", s.Inputs, s.Inputs[0].Text(), want, c.text)
			}
		})
	}
}

func TestCompile_InputsAreSet(t *testing.T) {
	const span = `{"name":"least","value":2,"bind":{"input":"range","min":1,"max":3}}`
	for name, c := range map[string]struct {
		value any
		want  int
	}{
		"a value of the range":  {3.0, 1},
		"a value that is not":   {4.0, 2},
		"a value of other kind": {"3", 2},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := onScreen(withParams(span), vega.Options{Values: map[string]any{"least": c.value}})
			if got := barsOf(t, s, err); got != c.want {
				t.Errorf("%d bars, want %d", got, c.want)
			}
		})
	}
}

const fieldInputs = `{"data":{"values":[{"g":"a","n":1},{"g":"b","n":1},{"g":"b","n":2}]},
	"params":[{"name":"pick","select":{"type":"point","fields":["g","n"]},%s"bind":{"g":{"input":"select","options":[null,"a","b"]},"n":{"input":"range","min":1,"max":2,"step":1}}}],
	"transform":[{"filter":{"param":"pick"}}],"mark":"bar","encoding":{"x":{"field":"n","type":"quantitative"},"y":{"field":"g","type":"nominal"}}}`

func TestCompile_InputsOfTheFieldsOfASelection(t *testing.T) {
	for name, c := range map[string]struct {
		begins string
		values map[string]any
		want   int
	}{
		"nothing is set, and all is selected":       {"", nil, 3},
		"one of two is set, and all is selected":    {"", map[string]any{"pick_g": "b"}, 3},
		"both are set":                              {"", map[string]any{"pick_g": "b", "pick_n": 2.0}, 1},
		"the specification sets them":               {`"value":[{"g":"a","n":1}],`, nil, 1},
		"null is set, and all is selected":          {`"value":[{"g":"a","n":1}],`, map[string]any{"pick_g": nil}, 3},
		"one is set in the specification's other":   {`"value":[{"g":"a","n":1}],`, map[string]any{"pick_g": "b"}, 1},
		"a value that is no option changes nothing": {`"value":[{"g":"a","n":1}],`, map[string]any{"pick_g": "z"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := onScreen(fmt.Appendf(nil, fieldInputs, c.begins), vega.Options{Values: c.values})
			if got := barsOf(t, s, err); got != c.want {
				t.Errorf("%d bars, want %d", got, c.want)
			}
		})
	}
}

func TestCompile_InputsThatATerminalHasNot(t *testing.T) {
	for name, c := range map[string]struct{ params, want string }{
		"a colour":                   {`{"name":"least","value":1,"bind":{"input":"color"}}`, `params[0].bind.input "color" is not supported`},
		"a date":                     {`{"name":"least","value":1,"bind":{"input":"datetime-local"}}`, `params[0].bind.input "datetime-local" is not supported`},
		"an element of a page":       {`{"name":"least","value":1,"bind":{"element":"#x"}}`, `params[0].bind.element is not supported`},
		"the scales of a variable":   {`{"name":"least","value":1,"bind":"scales"}`, `params[0].bind "scales" is not supported`},
		"options that are not there": {`{"name":"least","value":1,"bind":{"input":"select"}}`, `params[0].bind.options must be a list`},
		"ends the wrong way round":   {`{"name":"least","value":1,"bind":{"input":"range","min":5,"max":1}}`, `params[0].bind.max must be 5 or more`},
		"an interval":                {`{"name":"least","value":1},{"name":"b","select":"interval","bind":{"input":"range"}}`, `params[1].bind is not supported`},
		"a selection of no field":    {`{"name":"least","value":1},{"name":"b","select":"point","bind":{"input":"range"}}`, `params[1].bind is not supported`},
		"a double click":             {`{"name":"least","value":1},{"name":"b","select":{"type":"point","on":"dblclick"}}`, `params[1].select.on "dblclick" is not supported`},
		"a stream of events":         {`{"name":"least","value":1},{"name":"b","select":{"type":"point","on":{"type":"click"}}}`, `params[1].select.on an event with conditions is not supported`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := onScreen(withParams(c.params), vega.Options{})
			var unsupported *vega.Unsupported
			if !errors.As(err, &unsupported) || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

func TestCompile_FactsAreOfTheChartAsItBegins(t *testing.T) {
	s, err := vega.Compile(withParams(`{"name":"least","value":2,"bind":{"input":"color"}}`), vega.Options{})
	if got := barsOf(t, s, err); got != 2 {
		t.Errorf("%d bars, want 2", got)
	}
}

func TestScene_WhatThePointerSelects(t *testing.T) {
	for _, on := range []string{"pointerover", "mouseover", "pointermove", "mousemove"} {
		s, err := onScreen(withParams(`{"name":"least","value":1},{"name":"b","select":{"type":"point","on":"`+on+`","nearest":true,"clear":false}}`), vega.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if want := (vega.Param{Name: "b", Select: "point", Nearest: true, Hover: true, Stays: true}); !reflect.DeepEqual(s.Params[1], want) {
			t.Errorf("%s: %+v, want %+v", on, s.Params[1], want)
		}
	}
}

func TestScene_WhatAnInputSaysForABrowserAlone(t *testing.T) {
	s, err := onScreen(withParams(`{"name":"least","value":"","bind":{"input":"search","placeholder":"name","debounce":5}}`), vega.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"params[0].bind.debounce", "params[0].bind.placeholder"}; !reflect.DeepEqual(s.Ignored, want) {
		t.Errorf("%q, want %q", s.Ignored, want)
	}
}
