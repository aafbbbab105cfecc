package screen

import (
	"strconv"
	"strings"
	"sync"
	"time"
)

// What the terminal is asked after the first frame, in one go and in this
// order. Every terminal answers the last, in order with the others, so its
// answer says that no other will come.
const (
	queryBackground = "\x1b]11;?\x1b\\"
	queryVersion    = "\x1b[>0q" // XTVERSION
	queryFence      = "\x1b[c"   // DA1

	// answerTime is how long an answer may change the picture. A later one is
	// taken out of the input all the same.
	answerTime = 2 * time.Second
)

// silent are the beginnings of TERM for terminals that print an OSC sequence
// where it is not known. Of the VT family the later ones skip it, but their
// names are what a serial line has whatever is at its other end.
var silent = []string{"dumb", "unknown", "linux", "vt1", "vt2", "vt3", "vt4", "vt5", "ansi", "pcansi", "cons", "sun", "wy", "tvi", "eterm"}

// knowsOSC reports whether the terminal can be sent an OSC sequence: a
// question for its background, a link or a copy.
func knowsOSC(env func(string) string) bool {
	term := env("TERM")
	for _, name := range silent {
		if strings.HasPrefix(term, name) {
			return false
		}
	}
	return term != ""
}

// asks reports whether the terminal is one to be asked. GNU screen answers for
// nobody.
func asks(env func(string) string) bool { return knowsOSC(env) && !inGNUScreen(env) }

// inGNUScreen reports whether the terminal is one of GNU screen; those of tmux
// may call themselves so.
func inGNUScreen(env func(string) string) bool {
	return env("STY") != "" || strings.HasPrefix(env("TERM"), "screen") && env("TMUX") == ""
}

// erases reports whether this terminal is one of those that erase in the colour of
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

// status reports whether this terminal is one to be asked how it is, which all but
// the plainest answer.
func status(env func(string) string) bool { return env("TERM") != "" && env("TERM") != "dumb" }

// A question is what the terminal is asked, once.
type question struct {
	background, version bool // what is wanted of it

	mu       sync.Mutex
	asked    time.Time // zero: never
	answered bool      // all of it
}

// ask returns the question and takes the time.
func (q *question) ask() string {
	text := ""
	if q.background {
		text += queryBackground
	}
	if q.version {
		text += queryVersion
	}
	if text == "" {
		return ""
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.asked = time.Now()
	return text + queryFence
}

// open reports whether an answer may still come. After limit it counts as
// lost.
func (q *question) open(limit time.Duration) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.waits(limit)
}

// waits is open with the mutex held.
func (q *question) waits(limit time.Duration) bool {
	return !q.asked.IsZero() && !q.answered && time.Since(q.asked) < limit
}

// answer judges what the sieve took out of the input: nil unless it is an
// answer to what was asked, in time.
func (q *question) answer(text string) any {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.waits(answerTime) {
		return nil
	}
	if q.answered = isFence(text); q.answered {
		return nil
	}
	if dark, ok := darkBackground(text); ok && q.background {
		q.background = false
		return BackgroundMsg{Dark: dark}
	}
	if name, ok := strings.CutPrefix(text, "P>|"); ok && q.version {
		q.version = false
		return VersionMsg{Text: name}
	}
	return nil
}

// isFence reports whether text answers DA1: `CSI ? … c`.
func isFence(text string) bool {
	return strings.HasPrefix(text, "[?") && strings.HasSuffix(text, "c")
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
