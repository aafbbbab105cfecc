package browser

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rsc.io/qr"
)

// light reads the module at x, y back out of the drawing.
func light(lines []string, x, y int) bool {
	r := []rune(lines[y/2])[x]
	return r == '█' || r == '▀' && y%2 == 0 || r == '▄' && y%2 == 1
}

func TestTheDrawingIsTheCodeWithALightMargin(t *testing.T) {
	for _, url := range []string{
		"https://example.com/",
		"https://demo.auth.eu-west-1.amazoncognito.com/oauth2/authorize?client_id=" + strings.Repeat("x", 26) + "&state=" + strings.Repeat("s", 300),
	} {
		code, err := qr.Encode(url, qr.L)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := QR(url)
		if err != nil {
			t.Fatal(err)
		}
		side := code.Size + 8
		if len(lines) != (side+1)/2 {
			t.Errorf("%d lines, want %d", len(lines), (side+1)/2)
		}
		for i, line := range lines {
			if n := utf8.RuneCountInString(line); n != side || strings.Trim(line, "█▀▄ ") != "" {
				t.Errorf("line %d has %d cells, want %d", i, n, side)
			}
		}
		for y := range len(lines) * 2 {
			for x := range side {
				if light(lines, x, y) == code.Black(x-4, y-4) {
					t.Fatalf("the module at %d, %d has the other colour", x, y)
				}
			}
		}
	}
}

// Three corners have a square of 7 modules with a ring and a core, whatever
// the text: it is what a phone looks for first.
func TestTheThreeFinderSquaresAreDarkOnLight(t *testing.T) {
	lines, err := QR("https://example.com/")
	if err != nil {
		t.Fatal(err)
	}
	side := utf8.RuneCountInString(lines[0])
	want := []string{"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"}
	for _, corner := range [][2]int{{4, 4}, {side - 11, 4}, {4, side - 11}} {
		for y, row := range want {
			for x, c := range row {
				if light(lines, corner[0]+x, corner[1]+y) != (c == '.') {
					t.Fatalf("the square at %v is wrong at %d, %d", corner, x, y)
				}
			}
		}
	}
}

func TestAnAddressTooLongForACodeIsRefused(t *testing.T) {
	if _, err := QR("https://example.com/" + strings.Repeat("x", 4000)); err == nil || !strings.Contains(err.Error(), "copy") {
		t.Errorf("got %v", err)
	}
}
