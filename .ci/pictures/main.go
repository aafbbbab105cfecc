// Pictures draws the README's pictures from the real app: it plays it without
// a terminal, on a clock that stands still between two keys, while somebody
// signs in to the local pool over loopback HTTP. The same code gives the same
// bytes on every machine and in every run.
//
//	go run ./.ci/pictures          # draws them
//	go run ./.ci/pictures -check   # fails where one is not what it would draw
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// dir is where the pictures are kept.
const dir = ".github"

func main() {
	check := flag.Bool("check", false, "draw nothing: compare what is kept with what would be drawn")
	flag.Parse()
	use := keep
	if *check {
		use = compare
	}
	if err := run(use); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run(use func(picture) error) error {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Minute)
	defer stop()
	draws := []func(context.Context) (picture, error){tour}
	for _, s := range stills {
		draws = append(draws, s.draw)
	}
	for _, draw := range draws {
		p, err := draw(ctx)
		if err != nil {
			return err
		}
		if err := use(p); err != nil {
			return err
		}
		fmt.Printf("%s: %d KB\n", p.name, len(p.content)>>10)
	}
	return nil
}

func keep(p picture) error { return os.WriteFile(filepath.Join(dir, p.name), p.content, 0o644) }

func compare(p picture) error {
	kept, err := os.ReadFile(filepath.Join(dir, p.name))
	if err != nil {
		return err
	}
	if !bytes.Equal(kept, p.content) {
		return fmt.Errorf("%s is not what the app shows now: run `go run ./.ci/pictures` and look at it", p.name)
	}
	return nil
}
