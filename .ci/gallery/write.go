package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"maps"
	"slices"
)

// layer is a layer of a vector tile that is written.
type layer struct {
	name         string
	keys, values []string
	features     [][]byte
}

// bytesField writes a field that has a length.
func bytesField(out []byte, id int, b []byte) []byte {
	out = binary.AppendUvarint(out, uint64(id)<<3|2)
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}

// index is the place of a text in a list, which it is put into if it is not
// there.
func index(list *[]string, text string) uint64 {
	i := slices.Index(*list, text)
	if i < 0 {
		i = len(*list)
		*list = append(*list, text)
	}
	return uint64(i)
}

// add writes a feature: a point, a line or a polygon of one ring.
func (l *layer) add(kind int, points [][2]int, props map[string]string) {
	var tags, geometry []byte
	for _, key := range slices.Sorted(maps.Keys(props)) {
		tags = binary.AppendUvarint(tags, index(&l.keys, key))
		tags = binary.AppendUvarint(tags, index(&l.values, props[key]))
	}
	at := [2]int{}
	for i, p := range points {
		switch i {
		case 0:
			geometry = append(geometry, 1<<3|1)
		case 1:
			geometry = binary.AppendUvarint(geometry, uint64(len(points)-1)<<3|2)
		}
		for axis := range p {
			geometry = binary.AppendVarint(geometry, int64(p[axis]-at[axis]))
		}
		at = p
	}
	if kind == 3 {
		geometry = append(geometry, 1<<3|7)
	}
	f := bytesField(nil, 2, tags)
	f = append(f, 3<<3, byte(kind))
	l.features = append(l.features, bytesField(f, 4, geometry))
}

// bytes writes the layer.
func (l *layer) bytes() []byte {
	out := bytesField(nil, 1, []byte(l.name))
	for _, f := range l.features {
		out = bytesField(out, 2, f)
	}
	for _, k := range l.keys {
		out = bytesField(out, 3, []byte(k))
	}
	for _, v := range l.values {
		out = bytesField(out, 4, bytesField(nil, 1, []byte(v)))
	}
	return append(out, 15<<3, 2)
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b) // into memory
	_ = z.Close()
	return out.Bytes()
}

// entry is a tile in an archive.
type entry struct {
	id   uint64
	tile []byte
}

// archive writes tiles of one zoom as a PMTiles archive.
func archive(zoom int, parts map[[2]int]map[string]*layer, about string) []byte {
	var list []entry
	for at, layers := range parts {
		var tile []byte
		for _, name := range slices.Sorted(maps.Keys(layers)) {
			tile = bytesField(tile, 3, layers[name].bytes())
		}
		list = append(list, entry{hilbert(zoom, at[0], at[1]), packed(tile)})
	}
	slices.SortFunc(list, func(a, b entry) int { return cmp.Compare(a.id, b.id) })
	columns := [4][]byte{}
	var data []byte
	last := uint64(0)
	for i, e := range list {
		columns[0] = binary.AppendUvarint(columns[0], e.id-last)
		columns[1] = append(columns[1], 1)
		columns[2] = binary.AppendUvarint(columns[2], uint64(len(e.tile)))
		if columns[3] = append(columns[3], 0); i == 0 {
			columns[3][0] = 1
		}
		last, data = e.id, append(data, e.tile...)
	}
	root := packed(append(binary.AppendUvarint(nil, uint64(len(list))), slices.Concat(columns[:]...)...))
	h := make([]byte, 127)
	copy(h, "PMTiles\x03")
	at := uint64(len(h))
	for i, part := range [][]byte{root, packed([]byte(about)), nil, data} {
		binary.LittleEndian.PutUint64(h[8+16*i:], at)
		binary.LittleEndian.PutUint64(h[16+16*i:], uint64(len(part)))
		at += uint64(len(part))
	}
	h[96], h[97], h[98], h[99], h[100], h[101] = 1, 2, 2, 1, byte(zoom), byte(zoom)
	return slices.Concat(h, root, packed([]byte(about)), data)
}

// hilbert is the number of a tile in an archive.
func hilbert(zoom, x, y int) uint64 {
	id := (uint64(1)<<(2*zoom) - 1) / 3
	for s := 1 << zoom / 2; s > 0; s /= 2 {
		rx, ry := 0, 0
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		id += uint64(s * s * (3*rx ^ ry))
		if ry == 0 {
			if rx == 1 {
				x, y = s-1-x, s-1-y
			}
			x, y = y, x
		}
	}
	return id
}
