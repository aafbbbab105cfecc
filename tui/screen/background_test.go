package screen

import (
	"testing"
	"time"
)

func TestQuestion(t *testing.T) {
	const (
		black   = "11;rgb:0/0/0"
		kitty   = "P>|kitty(0.40.0)"
		nothing = "[?62;22c"
	)
	dark, version := any(BackgroundMsg{Dark: true}), any(VersionMsg{Text: "kitty(0.40.0)"})
	both := func() *question { return &question{background: true, version: true} }
	late := both()
	late.asked = time.Now().Add(-answerTime)
	tests := map[string]struct {
		q       *question
		asked   string
		answers []string
		want    []any
		open    bool
	}{
		"both answers count":                    {both(), queryBackground + queryVersion + queryFence, []string{black, kitty}, []any{dark, version}, true},
		"in any order":                          {both(), queryBackground + queryVersion + queryFence, []string{kitty, black}, []any{version, dark}, true},
		"each counts once":                      {both(), queryBackground + queryVersion + queryFence, []string{black, black, kitty, kitty}, []any{dark, nil, version, nil}, true},
		"after the fence nothing more is meant": {both(), queryBackground + queryVersion + queryFence, []string{nothing, black, kitty}, []any{nil, nil, nil}, false},
		"the version alone":                     {&question{version: true}, queryVersion + queryFence, []string{black, kitty}, []any{nil, version}, true},
		"the background alone":                  {&question{background: true}, queryBackground + queryFence, []string{kitty, black}, []any{nil, dark}, true},
		"nothing is wanted":                     {&question{}, "", []string{kitty, black}, []any{nil, nil}, false},
		"other answers do not count":            {both(), queryBackground + queryVersion + queryFence, []string{"10;rgb:0/0/0", "P1$r0m", "[>0c"}, []any{nil, nil, nil}, true},
		"too late":                              {late, "-", []string{black, kitty}, []any{nil, nil}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if tt.asked == "-" {
				tt.asked = ""
			} else if got := tt.q.answer(black); got != nil {
				t.Errorf("%v counts before the question", got)
			} else if got := tt.q.ask(); got != tt.asked {
				t.Errorf("asked %q, want %q", got, tt.asked)
			}
			for i, answer := range tt.answers {
				if got := tt.q.answer(answer); got != tt.want[i] {
					t.Errorf("%q gives %v, want %v", answer, got, tt.want[i])
				}
			}
			if open := tt.q.open(time.Minute); open != tt.open && name != "too late" {
				t.Errorf("open is %v", open)
			}
		})
	}
}
