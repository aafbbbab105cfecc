package main

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// processOnly are functions and variables that belong to the whole process, or
// to a library's idea of its one terminal.
var processOnly = map[string]string{
	"os":       "Stdin Stdout Stderr Getenv LookupEnv Environ Exit Getpid",
	"signal":   "Notify Stop Reset Ignore NotifyContext",
	"syscall":  "Kill",
	"lipgloss": "NewStyle DefaultRenderer SetDefaultRenderer ColorProfile SetColorProfile HasDarkBackground SetHasDarkBackground",
	"termenv":  "EnvColorProfile ColorProfile EnvNoColor DefaultOutput SetDefaultOutput HasDarkBackground ForegroundColor BackgroundColor",
}

// One process can show many screens, so none of them may use what there is one
// of. Package process hands in what a process has; the theme answers for
// Bubble Tea's start alone, and nothing asks for that answer.
func TestAScreenUsesNothingThatAProcessHasOneOf(t *testing.T) {
	allowed := func(s parsedFile, what string) bool {
		return under(s.dir, "tui/screen/process") || under(s.dir, "tui/screen/testdata") ||
			s.dir == "tui/theme" && what == "lipgloss.SetHasDarkBackground"
	}
	seen := 0
	for _, s := range sources(t) {
		if !under(s.dir, "tui") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if !ok || !word(processOnly[x.Name], sel.Sel.Name) {
				return true
			}
			seen++
			if what := x.Name + "." + sel.Sel.Name; !allowed(s, what) {
				t.Errorf("%s/%s uses %s, which a process has one of", s.dir, s.name, what)
			}
			return true
		})
	}
	if seen < 5 {
		t.Errorf("%d uses were found: the walk is looking in the wrong place", seen)
	}
}

func word(list, name string) bool {
	for _, w := range strings.Fields(list) {
		if w == name {
			return true
		}
	}
	return false
}

// What a package has in a variable, all screens share.
func TestNoVariableOfAScreensPackagesIsChanged(t *testing.T) {
	vars := map[string]map[string]bool{} // by folder
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR || !under(s.dir, "tui") {
				continue
			}
			for _, spec := range g.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					if name.Name == "_" {
						continue
					}
					if vars[s.dir] == nil {
						vars[s.dir] = map[string]bool{}
					}
					vars[s.dir][name.Name] = true
				}
			}
		}
	}
	if len(vars) < 5 {
		t.Errorf("variables in %d folders: the walk is looking in the wrong place", len(vars))
	}
	for _, s := range sources(t) {
		changed := func(e ast.Expr) {
			if name := base(e); name != nil && vars[s.dir][name.Name] {
				t.Errorf("%s/%s changes the variable %s, which all screens share", s.dir, s.name, name.Name)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if n.Tok != token.DEFINE {
					for _, e := range n.Lhs {
						changed(e)
					}
				}
			case *ast.IncDecStmt:
				changed(n.X)
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					changed(n.X)
				}
			}
			return true
		})
	}
}

// base is the variable that an expression is in: v of v, v.x, v[i] and *v.
func base(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return base(e.X)
	case *ast.IndexExpr:
		return base(e.X)
	case *ast.StarExpr:
		return base(e.X)
	case *ast.ParenExpr:
		return base(e.X)
	}
	return nil
}
