package walk

import (
	"testing"
	"time"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

func TestStaleTicksAreDropped(t *testing.T) {
	tests := map[string][]string{
		"after a new walk":   {"r"},
		"after a pause":      {" "},
		"after another pace": {">"},
		"after the same one": {"R"},
	}
	for name, keys := range tests {
		t.Run(name, func(t *testing.T) {
			p, old := open(t, pagetest.Env(t), 80, 24)
			old = fire(t, p, old, 5)
			pagetest.Press(t, p, keys...)
			before := p.run.series.Len()
			if got := fire(t, p, old, 1); len(got) != 0 || p.run.series.Len() != before {
				t.Errorf("a stale tick made %d points and %d ticks", p.run.series.Len()-before, len(got))
			}
		})
	}
}

func TestHiddenPagesDoNotTick(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	ticks = fire(t, p, ticks, 3)
	if cmd := p.Update(page.Hidden{}); cmd != nil {
		t.Error("hiding asks for something")
	}
	before := p.run.series.Len()
	if left := fire(t, p, ticks, 1); len(left) != 0 || p.run.series.Len() != before {
		t.Error("a hidden page goes on")
	}
	again, _ := pagetest.Settle(t, p.Update, p.Update(page.Shown{}))
	if len(again) != 1 || p.Update(page.Shown{}) != nil {
		t.Fatalf("shown twice: %d ticks, want one", len(again))
	}
	fire(t, p, again, 200)
	if !p.run.done() {
		t.Error("the walk does not end after it was hidden")
	}
	if cmd := p.Update(page.Shown{}); cmd != nil {
		t.Error("a finished page ticks when shown")
	}
}

func TestPauseStepAndSpeed(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	fire(t, p, ticks, 2)
	if ticks, _ := pagetest.Press(t, p, " "); len(ticks) != 0 || !p.run.paused {
		t.Error("space does not pause")
	}
	if pagetest.Press(t, p, ".", "."); p.run.walk.Steps() != 4 {
		t.Errorf("%d steps after two more, want 4", p.run.walk.Steps())
	}
	ticks, _ = pagetest.Press(t, p, " ")
	if len(ticks) != 1 || ticks[0].After != stepTime {
		t.Fatalf("going on asks for %v", ticks)
	}
	ticks, _ = pagetest.Press(t, p, ">")
	if len(ticks) != 1 || ticks[0].After != stepTime/2 {
		t.Errorf("twice the speed asks for %v", ticks)
	}
	if ticks, _ = pagetest.Press(t, p, "<", "<", "<", "<"); ticks[len(ticks)-1].After != 4*stepTime {
		t.Errorf("the slowest speed asks for %v", ticks)
	}
	if _, msgs := pagetest.Press(t, p, "r"); len(msgs) != 0 || p.run.paused || p.run.walk.Steps() != 0 {
		t.Error("r does not start over")
	}
}

func TestSeedsCanBeTyped(t *testing.T) {
	tests := map[string]struct {
		keys []string
		want uint64
		mode mode
	}{
		"digits and enter":         {[]string{"s", "1", "2", "3", "enter"}, 123, browsing},
		"backspace takes one back": {[]string{"s", "1", "2", "backspace", "9", "enter"}, 19, browsing},
		"esc keeps the old seed":   {[]string{"s", "7", "esc"}, 42, browsing},
		"nothing typed":            {[]string{"s", "enter"}, 42, browsing},
		"letters are ignored":      {[]string{"s", "q", "1", "x", "enter"}, 1, browsing},
		"the greatest":             {[]string{"s", "18446744073709551615", "enter"}, 18446744073709551615, browsing},
		"too great stays open":     {[]string{"s", "99999999999999999999", "enter"}, 42, typing},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p, _ := open(t, pagetest.Env(t), 80, 24)
			pagetest.Press(t, p, tt.keys...)
			if p.run.seed != tt.want || p.mode != tt.mode || p.Capturing() != (tt.mode == typing) {
				t.Errorf("seed %d, mode %d", p.run.seed, p.mode)
			}
		})
	}
}

func TestReducedMotionJumpsInFewSteps(t *testing.T) {
	env := pagetest.Env(t)
	env.ReducedMotion = true
	p, ticks := open(t, env, 80, 24)
	n := 0
	for ; len(ticks) > 0; n++ {
		ticks = fire(t, p, ticks, 1)
	}
	if n != 10 || p.run.series.Len() != 501 {
		t.Errorf("%d jumps to %d points, want 10 to 501", n, p.run.series.Len())
	}
}

func TestStillPagesAreFinishedAtOnce(t *testing.T) {
	env := pagetest.Env(t)
	env.Still = true
	p, ticks := open(t, env, 80, 24)
	if len(ticks) != 0 || p.run.series.Len() != 501 {
		t.Errorf("%d ticks, %d points", len(ticks), p.run.series.Len())
	}
}

// What ticks are late is taken off the next waits: a walk lasts 5 s ± 0.3,
// and a machine that slept is not caught up with.
func TestAWalkLastsFiveSeconds(t *testing.T) {
	tests := map[string]struct {
		late     func(step int) time.Duration
		from, to time.Duration
	}{
		"on time":      {func(int) time.Duration { return 0 }, 5 * time.Second, 5 * time.Second},
		"always late":  {func(step int) time.Duration { return time.Duration(step%30) * time.Millisecond }, 4700 * time.Millisecond, 5300 * time.Millisecond},
		"one long nap": {func(step int) time.Duration { return time.Duration(step/50*(1-step%50)) * time.Minute }, time.Minute + 4700*time.Millisecond, time.Minute + 5300*time.Millisecond},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p, ticks := open(t, pagetest.Env(t), 80, 24)
			now, steps := pagetest.Noon, 0
			for len(ticks) > 0 {
				if late := tt.late(steps); late > 0 {
					now = now.Add(late)
				}
				now = now.Add(ticks[0].After)
				ticks, _ = pagetest.Settle(t, p.Update, p.Update(ticks[0].Make(now)))
				steps++
			}
			if took := now.Sub(pagetest.Noon); took < tt.from || took > tt.to || !p.run.done() {
				t.Errorf("%d steps took %v, want %v to %v", steps, took, tt.from, tt.to)
			}
		})
	}
}
