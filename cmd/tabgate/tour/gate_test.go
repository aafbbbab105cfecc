package tour

import (
	"context"
	"io"
	"testing"
)

// The tour is a check of itself: a gate that gives what it should not, or
// refuses what it should give, fails it.
func TestTheTourFailsWhenTheGateDoesOtherThanItShould(t *testing.T) {
	for name, tt := range map[string]struct {
		says   string // by the page
		answer Answer
		ok     bool
	}{
		"who is signed out is refused":           {locked, Answer{401, locked}, true},
		"who has no group is refused":            {refused, Answer{403, refused}, true},
		"a member is given rows":                 {"Flow", Answer{200, "44 rows"}, true},
		"who is signed out is given the page":    {locked, Answer{200, "Mapping Demo, its definition"}, false},
		"who has no group is given rows":         {refused, Answer{200, "44 rows"}, false},
		"who has no group is told to sign in":    {refused, Answer{401, locked}, false},
		"who has no group is told something":     {refused, Answer{403, "Flow"}, false},
		"who has no group finds nothing":         {refused, Answer{404, "There is nothing at this address."}, false},
		"a member is refused":                    {"Flow", Answer{403, refused}, false},
		"a member is given no rows":              {"Flow", Answer{200, "0 rows"}, false},
		"a member hears that it cannot be read":  {"Flow", Answer{503, "The figures cannot be had now."}, false},
		"who is signed out is taken for another": {locked, Answer{403, refused}, false},
	} {
		t.Run(name, func(t *testing.T) {
			asks := &tour{Options: Options{Out: io.Discard, Ask: func(context.Context, string) (Answer, error) { return tt.answer, nil }}}
			if err := asks.askFor(t.Context(), "/v1/pages/mapping", tt.says); (err == nil) != tt.ok {
				t.Errorf("the tour says %v", err)
			}
		})
	}
}
