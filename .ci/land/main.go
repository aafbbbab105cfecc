// Land packs the land of Natural Earth, as the npm package world-atlas has it
// (land-10m.json, TopoJSON), for data/land. It runs by hand, when the source
// changes:
//
//	npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
//	go run ./.ci/land package/land-10m.json data/land/land.bin.gz
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"slices"
)

// topology is what is used of TopoJSON.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]int
	Objects   map[string]struct {
		Geometries []struct {
			Type string
			Arcs [][][]int
		}
	}
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: land LAND-10M.JSON OUT")
		os.Exit(2)
	}
	if err := pack(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// pack writes each ring as its count of points and the steps between them, in
// the topology's own lattice, all as varints.
func pack(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var t topology
	if err := json.Unmarshal(text, &t); err != nil {
		return err
	}
	var out []byte
	for _, v := range append(t.Transform.Scale[:], t.Transform.Translate[:]...) {
		out = binary.LittleEndian.AppendUint64(out, uint64(int64(v*1e15)))
	}
	rings, points := 0, 0
	for _, g := range t.Objects["land"].Geometries {
		for _, polygon := range g.Arcs {
			for _, ring := range polygon {
				list := t.ring(ring)
				out = binary.AppendUvarint(out, uint64(len(list)))
				var at [2]int
				for _, p := range list {
					out = binary.AppendVarint(out, int64(p[0]-at[0]))
					out = binary.AppendVarint(out, int64(p[1]-at[1]))
					at = p
				}
				rings, points = rings+1, points+len(list)
			}
		}
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(out); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Printf("%d rings, %d points, %d bytes\n", rings, points, b.Len())
	return os.WriteFile(to, b.Bytes(), 0o644)
}

// ring joins arcs; those with a negative number run backwards.
func (t *topology) ring(arcs []int) (out [][2]int) {
	for _, a := range arcs {
		backwards := a < 0
		if backwards {
			a = ^a
		}
		var at [2]int
		var line [][2]int
		for _, step := range t.Arcs[a] {
			at = [2]int{at[0] + step[0], at[1] + step[1]}
			line = append(line, at)
		}
		if backwards {
			slices.Reverse(line)
		}
		if len(out) > 0 {
			line = line[1:]
		}
		out = append(out, line...)
	}
	return out
}
