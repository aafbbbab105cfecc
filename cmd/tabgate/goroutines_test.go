package main

import (
	"go/ast"
	"strings"
	"testing"
)

// A panic in a goroutine that nobody guards is printed by the runtime, over
// whatever is on the screen, and leaves the terminal as it is.
func TestU10EveryGoroutineOfSignInFiguresAndCommandsIsGuarded(t *testing.T) {
	guarded := map[string]string{
		"auth/fault/fault.go":        "it guards the others",
		"auth/store/limit.go":        "turns a panic of the keyring library into an error",
		"auth/browser/opener.go":     "waits for a program, no more",
		"auth/localpool/keys.go":     "makes keys, no more",
		"auth/loopback/listener.go":  "serves, where net/http guards each answer",
		"auth/loopback/signedout.go": "serves, where net/http guards each answer",
		"cmd/tabgate/interrupt.go":   "ends the program itself",
	}
	found := 0
	for _, s := range sources(t) {
		file := s.dir + "/" + s.name
		ast.Inspect(s.file, func(n ast.Node) bool {
			if starts(n) && !strings.HasPrefix(file, "tui/") { // the screen has a guard of its own
				found++
				if guarded[file] == "" {
					t.Errorf("%s starts a goroutine that nobody guards: use fault.Go, or defer fault.Recover() in it", file)
				}
			}
			return true
		})
	}
	if found < 6 {
		t.Errorf("only %d goroutines were found: the walk is looking in the wrong place", found)
	}
}

// starts reports whether n starts a goroutine without a guard: a go statement,
// or the method Go of a group with a function that does not begin with one.
func starts(n ast.Node) bool {
	if _, ok := n.(*ast.GoStmt); ok {
		return true
	}
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "Go" {
		return false
	}
	if of, ok := method.X.(*ast.Ident); ok && (of.Name == "fault" || of.Name == "panics") {
		return false
	}
	f, ok := call.Args[0].(*ast.FuncLit)
	if !ok || len(f.Body.List) == 0 {
		return true
	}
	first, ok := f.Body.List[0].(*ast.DeferStmt)
	if !ok {
		return true
	}
	recovers, ok := first.Call.Fun.(*ast.SelectorExpr)
	return !ok || recovers.Sel.Name != "Recover"
}
