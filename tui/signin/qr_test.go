package signin

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"
	"rsc.io/qr"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

// halves draws a code as the rest of the program does: two modules in a cell,
// and four light ones around.
func halves(t *testing.T, url string) (lines []string, code *qr.Code) {
	t.Helper()
	code, err := qr.Encode(url, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	signs := map[[2]bool]rune{{true, true}: '█', {true, false}: '▀', {false, true}: '▄', {false, false}: ' '}
	for y := -4; y < code.Size+4; y += 2 {
		var line strings.Builder
		for x := -4; x < code.Size+4; x++ {
			line.WriteRune(signs[[2]bool{!code.Black(x, y), !code.Black(x, y+1)}])
		}
		lines = append(lines, line.String())
	}
	return lines, code
}

const completeURL = "https://device.example.com/device?code=WDJBMJHT&authorize=true"

// As long as the address of a real sign-in.
var realURL = "https://demo.auth.eu-west-1.amazoncognito.com/oauth2/authorize?client_id=" + strings.Repeat("x", 26) +
	"&code_challenge=" + strings.Repeat("c", 43) + "&code_challenge_method=S256&nonce=" + strings.Repeat("n", 43) +
	"&redirect_uri=http%3A%2F%2Flocalhost%3A8501%2F&response_type=code&scope=openid+email&state=" + strings.Repeat("s", 43)

func TestTheSmallCodeIsTheSameCode(t *testing.T) {
	masks := map[rune]uint{}
	for mask := range uint(256) {
		masks[cell.Octant(mask)] = mask
	}
	for _, url := range []string{realURL, completeURL, "x"} {
		lines, code := halves(t, url)
		small := dense(lines)
		for y := range 4 * len(small) {
			row := []rune(small[y/4])
			for x := range 2 * len(row) {
				mask, drawn := masks[row[x/2]]
				light := mask&(1<<(y%4*2+x%2)) != 0
				if !drawn || light == code.Black(x-4, y-4) {
					t.Fatalf("%.20s: the module at %d, %d has the other colour", url, x-4, y-4)
				}
			}
		}
		if w, h := widest(small), len(small); 2*w < code.Size+8 || 4*h < code.Size+8 {
			t.Errorf("%.20s: %dx%d cells have no room for the light margin of %d modules", url, w, h, code.Size)
		}
	}
}

func TestTheCodeIsShownWhereThereIsAnyWayTo(t *testing.T) {
	tests := map[string]struct {
		url    string
		glyphs theme.Glyphs
		w, h   int
		frame  bool
		shown  bool
	}{
		"a large window":                              {realURL, theme.Quadrant, 120, 45, true, true},
		"a window without room for a frame":           {realURL, theme.Quadrant, 77, 41, false, true},
		"80x24, a device's address":                   {completeURL, theme.Quadrant, 80, 24, false, true},
		"80x24, with octants":                         {realURL, theme.Octant, 80, 24, false, true},
		"40x22, with octants":                         {realURL, theme.Octant, 40, 22, false, true},
		"80x24, a whole sign-in's address":            {realURL, theme.Quadrant, 80, 24, true, false},
		"40x12 has no room for any":                   {realURL, theme.Octant, 40, 12, true, false},
		"a large window of a terminal with octants":   {realURL, theme.Octant, 120, 45, true, true},
		"a window just as large as the framed code's": {realURL, theme.Quadrant, 81, 44, true, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			lines, _ := halves(t, tt.url)
			env := pagetest.Env(t, termenv.TrueColor)
			env.Theme.Rebuild(theme.Options{Dark: true, Glyphs: tt.glyphs})
			b := New(Options{Env: env, Auth: fakeAuth{}, QR: func(string) []string { return lines }, Bars: 2})
			b.Update(b.Start()().(Msg))
			b.SetSize(tt.w, tt.h-2)
			shown := func() string {
				g := cell.NewGrid(tt.w, tt.h-2)
				p := b.Panel()
				p.Draw(env.Theme, g)
				return g.String()
			}
			b.Key(page.Key("s"))
			frame := shown()
			whole := func(code []string) bool {
				for _, line := range code {
					if !strings.Contains(frame, strings.TrimRight(line, " ")) {
						return false
					}
				}
				return true
			}
			if got := whole(lines) || whole(dense(lines)); got != tt.shown {
				t.Errorf("shown %v:\n%s", got, frame)
			}
			if tt.shown && strings.Contains(frame, "Scan to log in") != tt.frame {
				t.Errorf("framed %v", !tt.frame)
			}
			if tt.shown == strings.Contains(frame, "needs a window") {
				t.Errorf("the reason:\n%s", frame)
			}
			b.Key(page.Key("s"))
			if strings.Contains(shown(), "Scan to log in") {
				t.Error("s does not lead back")
			}
		})
	}
}

// fakeAuth begins a sign-in of which nothing but its address is known.
type fakeAuth struct{}

func (fakeAuth) Begin(context.Context) (Attempt, error) { return fakeAttempt{}, nil }

type fakeAttempt struct{ Attempt }

func (fakeAttempt) URL() string         { return realURL }
func (fakeAttempt) RedirectURI() string { return "http://localhost:8501/" }
func (fakeAttempt) Remote() string      { return "" }
func (fakeAttempt) HasBrowser() bool    { return true }
func (fakeAttempt) Deadline() time.Time { return pagetest.Noon }

func TestNoAddressThatCouldEscapeBecomesALink(t *testing.T) {
	for _, bad := range []string{"https://x/\x1b\\", "https://x/\x07", "https://x/ y", "https://x/é", "https://x/\u009c"} {
		if linkable(bad) != "" {
			t.Errorf("%q would be written into an escape sequence", bad)
		}
	}
}
