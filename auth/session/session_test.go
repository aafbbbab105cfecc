package session

import (
	"testing"
	"time"
)

func TestTheGate(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	member := Session{Sub: "1", Groups: []string{"Underwriters"}, ExpiresAt: noon.Add(time.Hour)}
	ended := member
	ended.ExpiresAt = noon
	tests := map[string]struct {
		rule Rule
		s    Session
		want Verdict
	}{
		"the zero rule lets nobody in particular in":           {Rule{}, Session{}, Open},
		"the zero rule ignores an ended session":               {Rule{}, ended, Open},
		"a group needs a sign-in":                              {Rule{[]string{"Underwriters"}}, Session{}, NeedSignIn},
		"a member may come in":                                 {Rule{[]string{"Underwriters"}}, member, Open},
		"one of several groups is enough":                      {Rule{[]string{"A", "Underwriters"}}, member, Open},
		"a stranger may not":                                   {Rule{[]string{"CreditAnalysts"}}, member, NeedGroup},
		"the session locks at the moment it ends":              {Rule{[]string{"Underwriters"}}, ended, NeedSignIn},
		"a star needs a sign-in":                               {Rule{[]string{"*"}}, Session{}, NeedSignIn},
		"a star opens to anyone signed in":                     {Rule{[]string{"*"}}, member, Open},
		"J-23 case matters":                                    {Rule{[]string{"underwriters"}}, member, NeedGroup},
		"a group called star in a token opens no group":        {Rule{[]string{"CreditAnalysts"}}, Session{Sub: "1", Groups: []string{"*"}, ExpiresAt: noon.Add(1)}, NeedGroup},
		"groups without a sub are nobody's":                    {Rule{[]string{"Underwriters"}}, Session{Groups: []string{"Underwriters"}, ExpiresAt: noon.Add(1)}, NeedSignIn},
		"J-23 a look-alike in Cyrillic is another group":       {Rule{[]string{"Underwriters"}}, Session{Sub: "1", Groups: []string{"Undеrwriters"}, ExpiresAt: noon.Add(1)}, NeedGroup},
		"J-23 spaces around a group's name make another group": {Rule{[]string{"Underwriters"}}, Session{Sub: "1", Groups: []string{" Underwriters"}, ExpiresAt: noon.Add(1)}, NeedGroup},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.rule.Check(test.s, noon); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestCleanLeavesNothingThatActsOnATerminal(t *testing.T) {
	tests := map[string]struct {
		in    string
		limit int
		want  string
	}{
		"plain words stay":         {"Ana Müller 42", 0, "Ana Müller 42"},
		"escape and bell":          {"\x1b]52;c;aGk=\x07", 0, "�]52;c;aGk=�"},
		"C1 control":               {"a\u009b31mb", 0, "a�31mb"},
		"newline and tab":          {"a\nb\tc\r", 0, "a�b�c�"},
		"right-to-left override":   {"a\u202eb\u2066c", 0, "a�b�c"},
		"zero width joiner":        {"a\u200db", 0, "a�b"},
		"one at either end":        {"\u200dक\u200d", 0, "�क�"},
		"joiners in a row":         {"👩\u200d\u200d👧", 0, "👩��👧"},
		"one between scripts":      {"a\u200cخ", 0, "a�خ"},
		"a family stays whole":     {"👩\u200d👩🏽\u200d👧 ❤️\u200d🔥", 0, "👩\u200d👩🏽\u200d👧 ❤️\u200d🔥"},
		"so do words that need it": {"می\u200cخواهم ක්\u200dෂ क्\u200dष", 0, "می\u200cخواهم ක්\u200dෂ क्\u200dष"},
		"tags are no letters":      {"🏴\U000e0067\U000e007f", 0, "🏴��"},
		"line separator":           {"a\u2028b", 0, "a�b"},
		"broken UTF-8":             {"a\xff\x9bb", 0, "a��b"},
		"cut at the limit":         {"abcdef", 4, "abc…"},
		"exactly the limit stays":  {"abcd", 4, "abcd"},
		"a limit of one":           {"abcd", 1, "…"},
		"the empty text is itself": {"", 3, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Clean(test.in, test.limit); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
