// Pictures draws the README's pictures from the real app: it plays the tour,
// in which real people sign in to the local pool, and keeps what the screen
// shows at some of its steps.
//
//	go run ./.ci/pictures
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/authtabs/tabgate/tui/cell"
)

// wanted names a picture by words of the step's title.
var wanted = map[string]string{
	"map.svg":    "analyst@example.com signed in",
	"walk.svg":   "underwriter@example.com signed in",
	"locked.svg": "analyst@example.com, tab 2: no access",
	"table.svg":  "analyst@example.com, tab 4: open",
}

func main() {
	if err := draw(".github"); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func draw(dir string) error {
	cmd := exec.Command("go", "run", "./cmd/tabgate", "demo", "--tour", "--format", "ansi", "--size", "120x36", "--glyphs", "quadrant", "--theme", "dark")
	cmd.Stderr = os.Stderr
	tour, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("play the tour: %w", err)
	}
	steps := strings.Split(string(tour), "=== ")
	for name, title := range wanted {
		frame := ""
		for _, step := range steps {
			head, rest, _ := strings.Cut(step, "\n")
			if strings.Contains(head, title) {
				frame = strings.Trim(rest, "\n")
				break
			}
		}
		if frame == "" {
			return fmt.Errorf("the tour has no step %q", title)
		}
		picture := cell.SVG(cell.Parse(frame), cell.SVGOptions{})
		if err := os.WriteFile(filepath.Join(dir, name), []byte(picture), 0o644); err != nil {
			return fmt.Errorf("keep a picture: %w", err)
		}
		fmt.Printf("%s: %d KB\n", name, len(picture)>>10)
	}
	return nil
}
