package screen

import (
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	queryBackground = "\x1b]11;?\x1b\\"
	// answerTime is how long an answer may change the theme. A later one is
	// taken out of the input all the same.
	answerTime = 2 * time.Second
)

// asks says whether this terminal is one to be asked for its background.
// Some print what they do not know, and GNU screen answers for nobody.
func asks(env func(string) string) bool {
	term := env("TERM")
	if term == "" || term == "dumb" || term == "linux" || env("STY") != "" {
		return false
	}
	return !strings.HasPrefix(term, "screen") || env("TMUX") != ""
}

// erases says whether this terminal is one of those that erase in the colour of
// the pen, as terminfo has it (bce, ech). GNU screen is none.
func erases(env func(string) string) bool {
	term := env("TERM")
	if env("STY") != "" || strings.HasPrefix(term, "screen") && env("TMUX") == "" {
		return false
	}
	for _, name := range []string{"xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "konsole", "vte", "gnome", "putty", "st-", "wezterm", "ghostty"} {
		if strings.HasPrefix(term, name) {
			return true
		}
	}
	return false
}

// status says whether this terminal is one to be asked how it is, which all but
// the plainest answer.
func status(env func(string) string) bool { return env("TERM") != "" && env("TERM") != "dumb" }

// A question is the one that we put to the terminal.
type question struct {
	mu       sync.Mutex
	asked    time.Time // zero: never
	answered bool
}

func (q *question) ask() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.asked = time.Now()
}

// open says that an answer may still come. After limit it counts as lost.
func (q *question) open(limit time.Duration) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return !q.asked.IsZero() && !q.answered && time.Since(q.asked) < limit
}

// answer judges an OSC text: whether it is the first answer, in time, and
// what it says.
func (q *question) answer(osc string) (dark, ok bool) {
	dark, ok = darkBackground(osc)
	inTime := q.open(answerTime)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.answered = q.answered || ok
	return dark, ok && inTime
}

// darkBackground reads `11;rgb:RRRR/GGGG/BBBB`, one to four digits each.
// Dark is a luma (ITU-R BT.601) below one half.
func darkBackground(osc string) (dark, ok bool) {
	text, ok := strings.CutPrefix(osc, "11;rgb:")
	if !ok {
		if text, ok = strings.CutPrefix(osc, "11;rgba:"); !ok {
			return false, false
		}
	}
	parts := strings.Split(text, "/")
	if len(parts) < 3 {
		return false, false
	}
	var c [3]float64
	for i := range c {
		v, err := strconv.ParseUint(parts[i], 16, 16)
		if err != nil {
			return false, false
		}
		c[i] = float64(v) / float64(uint(1)<<(4*len(parts[i]))-1)
	}
	return 0.299*c[0]+0.587*c[1]+0.114*c[2] < 0.5, true
}
