package walk_test

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/walk"
)

// still is a walk that has run to its end.
func still(t *testing.T, panel dashboard.Panel) panels.Panel {
	t.Helper()
	env := pagetest.Env(t)
	env.Still = true
	p := walk.New(panels.Env{Env: env, Panel: panel})
	pagetest.Open(t, p, 80, 24)
	return p
}

func csv(t *testing.T, p panels.Panel) string {
	t.Helper()
	exporter, ok := p.(page.Exporter)
	if !ok {
		t.Fatal("the panel gives no data")
	}
	var b strings.Builder
	if err := exporter.Export("csv", &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSpec(t *testing.T) {
	seven := &dashboard.Walk{Seed: 7, Seeded: true, Steps: 7}
	t.Run("a walk has the steps that its page says, and 100 else", func(t *testing.T) {
		short, long := csv(t, still(t, dashboard.Panel{Spec: seven})), csv(t, still(t, dashboard.Panel{Spec: &dashboard.Walk{Seed: 7, Seeded: true}}))
		if got := strings.Count(short, "\n"); got != 1+1+7*5 {
			t.Errorf("it has %d lines", got)
		}
		if got := strings.Count(long, "\n"); got != 1+1+100*5 || !strings.HasPrefix(long, short) {
			t.Errorf("a longer one has %d lines, and begins otherwise", got)
		}
	})
	t.Run("the title stands before the progress, and none where there is none", func(t *testing.T) {
		env := pagetest.Env(t)
		titled := pagetest.View(env, still(t, dashboard.Panel{Title: "Seven\x1b steps", Spec: seven}), 80, 24)
		if first, _, _ := strings.Cut(titled, "\n"); !strings.Contains(first, "Seven\ufffd steps   100% Complete") {
			t.Errorf("it begins with %q", first)
		}
		bare := pagetest.View(env, still(t, dashboard.Panel{Spec: seven}), 80, 24)
		if first, _, _ := strings.Cut(bare, "\n"); !strings.HasPrefix(strings.TrimSpace(first), "100% Complete") {
			t.Errorf("it begins with %q", first)
		}
	})
	t.Run("full screen is asked for, and asked back", func(t *testing.T) {
		p := still(t, dashboard.Panel{Spec: seven})
		for _, keys := range [][]string{{"f"}, {"f"}, {"f"}, {"esc"}} {
			_, msgs := pagetest.Press(t, p, keys...)
			if len(msgs) != 1 || msgs[0] != (panels.FullScreen{}) {
				t.Errorf("%v sends %v", keys, msgs)
			}
		}
		if _, msgs := pagetest.Press(t, p, "esc"); len(msgs) != 0 {
			t.Errorf("esc sends %v where nothing is to be left", msgs)
		}
	})
}
