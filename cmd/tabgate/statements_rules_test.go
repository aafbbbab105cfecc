package main

import (
	"strings"
	"testing"
)

// The check of the statements finds each way in which they can be wrong.
func TestStatementsAndTestsThatDoNotFitAreFound(t *testing.T) {
	const head = "## A: asking\n\n| id | what | tests |\n|---|---|---|\n"
	tests := []testName{
		{"auth", "TestA1Fresh", []string{"A-1"}},
		{"auth/token", "TestA2Words", []string{"A-2", "P-256"}},
	}
	rows := map[string]struct {
		text string
		gaps bool
		want string // "" for nothing
	}{
		"each has its test":                {text: "| A-1 | x | `auth` |\n| A-2 | y | `auth/token` |"},
		"a test by its name":               {text: "| A-1 | x | `auth.TestA1Fresh` |\n| A-2 | y | `auth/token.TestA2…` |"},
		"a row without a test":             {"| A-1 | x | `auth` |\n| A-2 | y | `auth/token` |\n| A-3 | z | `auth` |", false, "no test is named after A-3"},
		"a test without a row":             {"| A-1 | x | `auth` |", false, "TestA2Words is named after A-2"},
		"a package that does not hold it":  {"| A-1 | x | `auth/token` |\n| A-2 | y | `auth/token` |", false, "A-1: nothing in auth/token"},
		"a test that is gone":              {"| A-1 | x | `auth.TestA1Gone` |\n| A-2 | y | `auth/token` |", false, "A-1: nothing in auth.TestA1Gone"},
		"a row twice":                      {"| A-1 | x | `auth` |\n| A-1 | x | `auth` |\n| A-2 | y | `auth/token` |", false, "A-1 comes after A-1"},
		"a gap":                            {"| A-2 | y | `auth/token` |", false, "A-1 is no row"},
		"a gap while statements are added": {"| A-2 | y | `auth/token` |", true, "TestA1Fresh is named after A-1"},
		"another family's row":             {"| A-1 | x | `auth` |\n| A-2 | y | `auth/token` |\n| B-1 | z | `auth` |", false, "B-1 stands in the table of A"},
		"a row without tests":              {"| A-1 | x | |\n| A-2 | y | `auth/token` |", false, "not a row"},
		"a row that says where in words":   {"| A-1 | x | auth |\n| A-2 | y | `auth/token` |", false, "A-1 names no package"},
	}
	for name, c := range rows {
		t.Run(name, func(t *testing.T) {
			families, rows, wrong := statements(head + c.text)
			wrong = append(wrong, compare(families, rows, tests, c.gaps)...)
			if c.want == "" && len(wrong) > 0 || !strings.Contains(strings.Join(wrong, "\n"), c.want) {
				t.Errorf("got %q, want %q", wrong, c.want)
			}
		})
	}
}
