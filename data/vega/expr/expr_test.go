package expr_test

import (
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/vega/expr"
	"github.com/authtabs/tabgate/data/vega/js"
)

func TestEval(t *testing.T) {
	datum := js.NewObject()
	datum.Set("x", 3.0)
	datum.Set("name", "Añb")
	datum.Set("none", nil)
	datum.Set("list", []any{1.0, "b"})
	env := &expr.Env{Zone: time.UTC, Lookup: func(name string) (any, bool) { return datum, name == "datum" }}
	for text, want := range map[string]any{
		"1 + 2 * 3":                             7.0,
		"(1 + 2) * 3":                           9.0,
		"2 ** 3 ** 2":                           512.0,
		"-7 % 4":                                -3.0,
		"'1' + 1":                               "11",
		"'10' > '9'":                            false,
		"'1' === 1":                             false,
		"'1' == 1":                              true,
		"null >= 0":                             true,
		"undefined < 1":                         false,
		"datum.x > 2 && datum.name":             "Añb",
		"datum.missing || 'other'":              "other",
		"datum['x'] ? 'yes' : 'no'":             "yes",
		"datum.list[1]":                         "b",
		"length(datum.name)":                    3.0,
		"substring('terminal', 0, 4)":           "term",
		"isValid(datum.none)":                   false,
		"if(datum.x == 3, 'a', 'b')":            "a",
		"format(1234.5678, ',.2f')":             "1,234.57",
		"format(-0.00012, '~s')":                "−120µ",
		"timeFormat(0, '%Y-%m-%d %H:%M')":       "1970-01-01 00:00",
		"year('2020-03-01')":                    2020.0,
		"month(datetime(2020, 2, 1))":           2.0,
		"test(/^a.*b$/i, 'AXB')":                true,
		"replace('aaa', /a/g, 'b')":             "bbb",
		"inrange(5, [10, 0])":                   true,
		"[1, 2][1] + {a: 4}.a":                  6.0,
		"1e3 + .5 + 0x10":                       1016.5,
		"!datum.none ? round(2.5) : 0":          3.0,
		"toString(0.1 + 0.2)":                   "0.30000000000000004",
		"'' + 1e21":                             "1e+21",
		"indexof(['a', 'b'], 'b')":              1.0,
		"join(reverse(split('a,b,c', ',')))":    "c,b,a",
		"1 < 2 < 3":                             true,
		"7 >>> 1 | 8":                           11.0,
		"PI > 3.14 && E < 3":                    true,
		"quarter(datetime(2020, 11, 31)) === 4": true,
	} {
		t.Run(text, func(t *testing.T) {
			x, err := expr.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			if got := x.Eval(env); got != want {
				t.Errorf("got %#v, want %#v", got, want)
			}
		})
	}
}

func TestParse_RefusesByName(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "a value is missing at its end",
		"1 +":                 "a value is missing at its end",
		"1 2":                 `an operator is missing at "2"`,
		"fetch('x')":          `the function fetch is not supported at "'x')"`,
		"datum.x = 1":         `a sign that has no meaning here at "= 1"`,
		"'open":               "text without its closing quote at \"'open\"",
		"(1":                  `")" is missing at its end`,
		"/(?=a)/.b":           "",
		"datum.constructor()": `only named functions can be called at "()"`,
	} {
		t.Run(text, func(t *testing.T) {
			_, err := expr.Parse(text)
			if err == nil || want != "" && err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
}

func TestExpr_Fields(t *testing.T) {
	x, err := expr.Parse("datum.a + datum['b c'] + foo.d")
	if err != nil {
		t.Fatal(err)
	}
	if names, all := x.Fields(); all || len(names) != 2 || names[0] != "a" || names[1] != "b c" {
		t.Errorf("%v %v", names, all)
	}
	if names := x.Names(); len(names) != 2 || names[1] != "foo" {
		t.Errorf("%v", names)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"1+2", "datum.x ? 'a' : [1, {b: 2}]", "/a[/]b/.c", "!-~+1", "a.b(c)", "((((", "'\\u{1F600}\\x41'", "1e", "0x"} {
		f.Add(text)
	}
	env := &expr.Env{Zone: time.UTC}
	f.Fuzz(func(_ *testing.T, text string) {
		if x, err := expr.Parse(text); err == nil {
			x.Eval(env)
		}
	})
}
