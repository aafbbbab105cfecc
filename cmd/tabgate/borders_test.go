package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mostMethods is how many methods a type has at most. A type with more has
// several ideas in it, and every method may touch every field.
const mostMethods = 35

// large lists the types that have more, with their number. It only shrinks:
// who takes methods away lowers the number, and nobody raises it.
var large = map[string]int{}

// acyclic lists the packages whose files use each other in one direction. It
// only grows.
var acyclic = strings.Fields("auth auth/aws auth/browser auth/fault auth/secret auth/session cmd/tabgate cmd/tabgate/consent cmd/tabgate/offscreen cmd/tabgate/prompt cmd/tabgate/tour tui tui/bars tui/box tui/page tui/pages/home tui/panels/walk tui/screen/input tui/signin tui/theme")

// goPackage is what `go list` says of one.
type goPackage struct {
	ImportPath, Dir, Export string
	GoFiles, Deps           []string
}

// listed returns all packages of the program and what they import, by path.
func listed(t *testing.T) map[string]goPackage {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Deps", "./...")
	list.Dir = filepath.Join("..", "..")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]goPackage{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
}

func TestNoTypeHasTooManyMethods(t *testing.T) {
	methods := map[string]int{}
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil {
				methods[s.dir+"."+receiver(f.Recv.List[0].Type)]++
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(methods)) {
		switch n, most := methods[name], max(large[name], mostMethods); {
		case n > most:
			t.Errorf("%s has %d methods, %d at most: give a part of it a type of its own", name, n, most)
		case n < most && large[name] > 0:
			t.Errorf("%s has %d methods now: lower its number in the list from %d, or take it out below %d", name, n, most, mostMethods+1)
		}
	}
	for name := range large {
		if methods[name] == 0 {
			t.Errorf("%s is gone: take it out of the list", name)
		}
	}
}

// receiver returns the name of a method's type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}

func TestFilesUseEachOtherInOneDirection(t *testing.T) {
	all := listed(t)
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(all[path].Export) })
	for _, dir := range acyclic {
		t.Run(dir, func(t *testing.T) {
			p, ok := all[module+dir]
			if !ok {
				t.Fatal("there is no such package: take it out of the list")
			}
			uses := fileUses(t, fset, imports, p)
			if circle := circleIn(uses); circle != nil {
				t.Errorf("files use each other in a circle: %s", strings.Join(circle, " -> "))
			}
		})
	}
}

// fileUses returns for each file of a package the files that declare what it
// names: types, functions, methods, fields, variables.
func fileUses(t *testing.T, fset *token.FileSet, imports types.Importer, p goPackage) map[string]map[string]bool {
	t.Helper()
	var files []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: imports}
	checked, err := conf.Check(p.ImportPath, fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	file := func(pos token.Pos) string { return filepath.Base(fset.Position(pos).Filename) }
	uses := map[string]map[string]bool{}
	for id, o := range info.Uses {
		from, to := file(id.Pos()), file(o.Pos())
		if o.Pkg() != checked || from == to {
			continue
		}
		if uses[from] == nil {
			uses[from] = map[string]bool{}
		}
		uses[from][to] = true
	}
	return uses
}

// circleIn returns files that use each other in a circle, the first of them at
// the end again; nil if there are none.
func circleIn(uses map[string]map[string]bool) []string {
	done := map[string]bool{}
	var path, circle []string
	var walk func(file string)
	walk = func(file string) {
		if i := slices.Index(path, file); i >= 0 && circle == nil {
			circle = append(slices.Clone(path[i:]), file)
		}
		if circle != nil || done[file] {
			return
		}
		path = append(path, file)
		for _, next := range slices.Sorted(maps.Keys(uses[file])) {
			walk(next)
		}
		path = path[:len(path)-1]
		done[file] = true
	}
	for _, file := range slices.Sorted(maps.Keys(uses)) {
		walk(file)
	}
	return circle
}

func TestCircleIn(t *testing.T) {
	line := map[string]map[string]bool{"a": {"b": true, "c": true}, "b": {"c": true}}
	if got := circleIn(line); got != nil {
		t.Errorf("found %v where there is none", got)
	}
	line["c"] = map[string]bool{"b": true}
	if got := strings.Join(circleIn(line), " "); got != "b c b" {
		t.Errorf("found %q", got)
	}
}

// TestBordersHoldForWhatIsImportedByWhatIsImported looks further than
// TestImportsPointDownward, which reads the imports of each file.
func TestBordersHoldForWhatIsImportedByWhatIsImported(t *testing.T) {
	knowData := func(path string) bool {
		return path == module+"tui" || under(path, module+"tui/pages") || under(path, module+"tui/panels")
	}
	for path, p := range listed(t) {
		for _, dep := range p.Deps {
			if under(path, module+"data") && under(dep, "github.com/charmbracelet") {
				t.Errorf("%s depends on %s: data has no screen", path, dep)
			}
			if under(path, module+"tui") && dep == "net/http" && !knowData(path) {
				t.Errorf("%s depends on net/http: only what shows figures knows data, which fetches", path)
			}
		}
	}
}
