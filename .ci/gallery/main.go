// Gallery draws the maps of data/deck/gallery by `tabgate deck` and the charts of
// data/vega/gallery by `tabgate chart`, each as svg beside its JSON. The same code
// gives the same bytes on every machine.
//
//	go run ./.ci/gallery          # draws them
//	go run ./.ci/gallery -check   # fails where one is not what it would draw
//
// The streets of the last one are those of a town that is made up here: tiles of
// others are no part of this project.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	dir       = "data/deck/gallery"
	size      = "120x36"
	charts    = "data/vega/gallery"
	chartSize = "90x26"
)

// drawn are the maps, with what they need besides.
var drawn = []struct {
	name string
	args []string
}{
	{"bikes", []string{"--base", "data/demo/folder/data"}},
	{"cells", nil},
	{"flows", []string{"--base", "data/demo/folder/data"}},
	{"heat", []string{"--base", "data/demo/folder/data"}},
	{"world", nil},
	{"town", []string{"--tiles", townFile}},
}

// townFile stands for the archive of the town.
const townFile = "TOWN"

func main() {
	check := flag.Bool("check", false, "draw nothing: compare what is kept with what would be drawn")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	at, err := os.MkdirTemp("", "gallery")
	if err != nil {
		return err
	}
	defer os.RemoveAll(at)
	program, town := filepath.Join(at, "tabgate"), filepath.Join(at, "town.pmtiles")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/tabgate").CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	if err := os.WriteFile(town, townArchive(), 0o600); err != nil {
		return err
	}
	for _, m := range drawn {
		args := []string{"deck", filepath.Join(dir, m.name+".json"), "--size", size, "--format", "svg"}
		for _, a := range m.args {
			if a == townFile {
				a = town
			}
			args = append(args, a)
		}
		picture, err := draw(at, program, args)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		if err := keep(filepath.Join(dir, m.name+".svg"), picture, check); err != nil {
			return err
		}
	}
	return runCharts(at, program, check)
}

// runCharts draws every specification of the folder of charts.
func runCharts(home, program string, check bool) error {
	specs, err := filepath.Glob(filepath.Join(charts, "*.json"))
	if err != nil {
		return err
	}
	for _, spec := range specs {
		picture, err := draw(home, program, []string{"chart", spec, "--size", chartSize, "--format", "svg"}, "LANG=C.UTF-8")
		if err != nil {
			return fmt.Errorf("%s: %w", spec, err)
		}
		if err := keep(strings.TrimSuffix(spec, ".json")+".svg", picture, check); err != nil {
			return err
		}
	}
	return nil
}

// draw runs the program without the settings of whoever runs it.
func draw(home, program string, args []string, env ...string) ([]byte, error) {
	cmd := exec.Command(program, args...)
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TABGATE_OFFLINE=1"}
	cmd.Env = append(cmd.Env, env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, errs.Bytes())
	}
	if errs.Len() > 0 {
		return nil, fmt.Errorf("it says %s", errs.Bytes())
	}
	return out.Bytes(), nil
}

func keep(path string, picture []byte, check bool) error {
	if !check {
		fmt.Printf("%s: %d KB\n", path, len(picture)>>10)
		return os.WriteFile(path, picture, 0o644)
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !bytes.Equal(kept, picture) {
		return fmt.Errorf("%s is not what would be drawn: go run ./.ci/gallery", path)
	}
	return nil
}
