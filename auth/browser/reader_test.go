package browser

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// An independent reader (zbarimg, of zbar-tools) reads the drawing as a
// camera would see it: white on black whatever the theme, on a dark screen
// and on a light one.
func TestAnotherProgramReadsTheCode(t *testing.T) {
	reader, err := exec.LookPath("zbarimg")
	if err != nil {
		if os.Getenv("TABGATE_REQUIRE_E2E") != "" {
			t.Fatal("zbarimg is not installed, and TABGATE_REQUIRE_E2E is set")
		}
		t.Skip("zbarimg is not installed")
	}
	url := "https://demo.auth.eu-west-1.amazoncognito.com/oauth2/authorize?client_id=" + strings.Repeat("x", 26) +
		"&code_challenge=" + strings.Repeat("c", 43) + "&code_challenge_method=S256&nonce=" + strings.Repeat("n", 43) +
		"&redirect_uri=http%3A%2F%2Flocalhost%3A8501%2F&response_type=code&scope=openid+email&state=" + strings.Repeat("s", 43)
	lines, err := QR(url)
	if err != nil {
		t.Fatal(err)
	}
	for theme, screen := range map[string]color.Gray{"dark": {0x10}, "light": {0xf0}} {
		path := filepath.Join(t.TempDir(), theme+".png")
		paint(t, path, lines, screen)
		out, err := exec.Command(reader, "--raw", "-q", path).Output()
		if err != nil || strings.TrimSpace(string(out)) != url {
			t.Errorf("%s: the reader saw %q (%v)", theme, out, err)
		}
	}
}

// paint draws cells of 8 by 16 pixels with two cells of screen around.
func paint(t *testing.T, path string, lines []string, screen color.Gray) {
	t.Helper()
	const px, edge = 8, 32
	side := utf8.RuneCountInString(lines[0])
	img := image.NewGray(image.Rect(0, 0, side*px+2*edge, len(lines)*2*px+2*edge))
	for i := range img.Pix {
		img.Pix[i] = screen.Y
	}
	for y := range len(lines) * 2 * px {
		for x := range side * px {
			c := color.Gray{0}
			if light(lines, x/px, y/px) {
				c.Y = 0xff
			}
			img.SetGray(x+edge, y+edge, c)
		}
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}
