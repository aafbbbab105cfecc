package session

import (
	"strings"
	"testing"
)

func TestChanged(t *testing.T) {
	tests := map[string]struct {
		c    Changed
		want string
	}{
		"another name": {
			Changed{Person{"1", "https://a", "x@example.com"}, Person{"2", "https://a", "y@example.com"}},
			"You signed in as x@example.com; last time it was y@example.com.",
		},
		"the same name at another issuer": {
			Changed{Person{"1", "https://a", "x"}, Person{"1", "https://b", "x"}},
			"You signed in as x of https://a; last time it was the one of https://b.",
		},
		"another account of the same name": {
			Changed{Person{"1", "https://a", "x"}, Person{"2", "https://a", "x"}},
			"You signed in as x, but with another account than last time under the same name.",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.c.Fact(); got != tt.want {
				t.Errorf("%q", got)
			}
			if !strings.HasPrefix(tt.c.Error(), tt.want) {
				t.Errorf("%q", tt.c.Error())
			}
		})
	}
	evil := Changed{Person{Name: "\x1b[2Jx" + strings.Repeat("x", 500)}, Person{Name: "\u202ey"}}
	for _, text := range []string{evil.Fact(), evil.Question(), evil.Error()} {
		if strings.ContainsAny(text, "\x1b\u202e") || len([]rune(text)) > 400 {
			t.Errorf("%q", text)
		}
	}
}
