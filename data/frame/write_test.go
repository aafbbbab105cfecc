package frame_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
)

// odd is a frame of cells that writers get wrong.
func odd() frame.Frame {
	text, whole, part := frame.Vector{}, frame.Vector{Type: frame.Integer}, frame.Vector{Type: frame.Number}
	for i, s := range []string{"#no comment", " led by a space", "a, \"b\"\r\nc", "\x1b[2J"} {
		text.AppendString(s)
		whole.AppendInt(9007199254740991 + int64(i))
		part.AppendFloat(float64(i) / 3)
	}
	text.AppendNull()
	whole.AppendNull()
	part.AppendNull()
	return frame.New(frame.Origin{}, []frame.Column{{Name: "a,\"b\""}, {Name: "n"}, {Name: "x"}}, []frame.Vector{text, whole, part})
}

func TestWriteCSV(t *testing.T) {
	var b strings.Builder
	if err := frame.WriteCSV(t.Context(), odd(), &b); err != nil {
		t.Fatal(err)
	}
	want := "\"a,\"\"b\"\"\",n,x\n\"#no comment\",9007199254740991,0\n\" led by a space\",9007199254740992,0.3333333333333333\n" +
		"\"a, \"\"b\"\"\r\nc\",9007199254740993,0.6666666666666666\n\x1b[2J,9007199254740994,1\n,,\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
	if rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll(); err != nil || len(rows) != 6 {
		t.Errorf("it reads back as %q: %v", rows, err)
	}
}

func TestWriteCSVKeepsTheRowsOfOneColumn(t *testing.T) {
	v := frame.Vector{}
	v.AppendNull()
	v.AppendString("x")
	v.AppendNull()
	var b strings.Builder
	if err := frame.WriteCSV(t.Context(), frame.New(frame.Origin{}, []frame.Column{{Name: "a"}}, []frame.Vector{v}), &b); err != nil || b.String() != "a\n\"\"\nx\n\"\"\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
}

func TestWriteJSON(t *testing.T) {
	var b strings.Builder
	if err := frame.WriteJSON(t.Context(), odd(), &b); err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	if err := json.Unmarshal([]byte(b.String()), &rows); err != nil || len(rows) != 5 {
		t.Fatalf("%d rows of %s: %v", len(rows), b.String(), err)
	}
	if got := fmt.Sprintln(rows[0]["n"], rows[1]["n"], rows[2]["n"], rows[4]); got != "9.007199254740991e+15 9007199254740992 9007199254740993 map[a,\"b\":<nil> n:<nil> x:<nil>]\n" {
		t.Error(got)
	}
	b.Reset()
	if err := frame.WriteJSON(t.Context(), frame.New(frame.Origin{}, nil, nil), &b); err != nil || b.String() != "[]\n" {
		t.Errorf("nothing is %q, %v", b.String(), err)
	}
}

func ExampleWriteCSV() {
	name, n := frame.Vector{}, frame.Vector{Type: frame.Integer}
	name.AppendString("Florence, Tuscany")
	n.AppendInt(9007199254740993)
	f := frame.New(frame.Origin{}, []frame.Column{{Name: "name"}, {Name: "n"}}, []frame.Vector{name, n})
	_ = frame.WriteCSV(context.Background(), f, os.Stdout)
	// Output:
	// name,n
	// "Florence, Tuscany",9007199254740993
}
