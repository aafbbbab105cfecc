package tiles_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/authtabs/tabgate/data/tiles"
)

// message writes fields as protocol buffers do.
type message []byte

func (m *message) number(id int, v uint64) {
	*m = binary.AppendUvarint(*m, uint64(id)<<3)
	*m = binary.AppendUvarint(*m, v)
}

func (m *message) bytes(id int, b []byte) {
	*m = binary.AppendUvarint(*m, uint64(id)<<3|2)
	*m = binary.AppendUvarint(*m, uint64(len(b)))
	*m = append(*m, b...)
}

// drawn is a feature of a tile that is written for a test.
type drawn struct {
	kind  tiles.Type
	parts [][][2]int
	props map[string]any
}

// layerOf writes a layer.
func layerOf(name string, features ...drawn) []byte {
	var l message
	l.bytes(1, []byte(name))
	var keys, values []string
	var written [][]byte
	index := func(list *[]string, v string) uint64 {
		i := slices.Index(*list, v)
		if i < 0 {
			i = len(*list)
			*list = append(*list, v)
		}
		return uint64(i)
	}
	for _, f := range features {
		var m message
		var tags []byte
		for k, v := range f.props {
			tags = binary.AppendUvarint(tags, index(&keys, k))
			tags = binary.AppendUvarint(tags, index(&values, string(encoded(v))))
		}
		m.bytes(2, tags)
		m.number(3, uint64(f.kind))
		m.bytes(4, commands(f))
		written = append(written, m)
	}
	for _, f := range written {
		l.bytes(2, f)
	}
	for _, k := range keys {
		l.bytes(3, []byte(k))
	}
	for _, v := range values {
		l.bytes(4, []byte(v))
	}
	l.number(15, 2)
	var t message
	t.bytes(3, l)
	return t
}

func encoded(v any) []byte {
	var m message
	switch v := v.(type) {
	case string:
		m.bytes(1, []byte(v))
	case float32:
		m = append(binary.AppendUvarint(m, 2<<3|5), binary.LittleEndian.AppendUint32(nil, math.Float32bits(v))...)
	case float64:
		m = append(binary.AppendUvarint(m, 3<<3|1), binary.LittleEndian.AppendUint64(nil, math.Float64bits(v))...)
	case int:
		m.number(4, uint64(v))
	case uint:
		m.number(5, uint64(v))
	case int32: // as sint
		m.number(6, uint64(uint32(v<<1^v>>31)))
	case bool:
		n := uint64(0)
		if v {
			n = 1
		}
		m.number(7, n)
	}
	return m
}

func commands(f drawn) (out []byte) {
	x, y := 0, 0
	to := func(p [2]int) {
		out = binary.AppendUvarint(out, uint64((p[0]-x)<<1^(p[0]-x)>>63))
		out = binary.AppendUvarint(out, uint64((p[1]-y)<<1^(p[1]-y)>>63))
		x, y = p[0], p[1]
	}
	for _, part := range f.parts {
		if f.kind == tiles.Points {
			out = binary.AppendUvarint(out, uint64(len(part))<<3|1)
			for _, p := range part {
				to(p)
			}
			continue
		}
		out = binary.AppendUvarint(out, 1<<3|1)
		to(part[0])
		out = binary.AppendUvarint(out, uint64(len(part)-1)<<3|2)
		for _, p := range part[1:] {
			to(p)
		}
		if f.kind == tiles.Polygons {
			out = binary.AppendUvarint(out, 1<<3|7)
		}
	}
	return out
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

func square(x, y, side int) [][2]int {
	return [][2]int{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}
}

func mustRead(t *testing.T, id tiles.ID, b []byte) *tiles.Tile {
	t.Helper()
	g, err := tiles.Read(id, b)
	if err != nil {
		t.Fatal(err)
	}
	return g
}
