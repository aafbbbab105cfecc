package typedfile

import "time"

// physical is how Parquet stores the values of a leaf.
type physical int8

// The physical types, as the format numbers them.
const (
	physicalBoolean physical = iota
	physicalInt32
	physicalInt64
	physicalInt96
	physicalFloat
	physicalDouble
	physicalBytes
	physicalFixed
)

// logical is what the values of a leaf mean, or the leaves of a group.
type logical struct {
	kind   int // a field of the format's union LogicalType; 0 = none
	signed bool
	utc    bool
	unit   time.Duration
	scale  int
}

// Kinds of logical types.
const (
	logicalString    = 1
	logicalMap       = 2
	logicalList      = 3
	logicalEnum      = 4
	logicalDecimal   = 5
	logicalDate      = 6
	logicalTime      = 7
	logicalTimestamp = 8
	logicalInt       = 10
	logicalJSON      = 12
	logicalUUID      = 14
	logicalFloat16   = 15
	logicalVariant   = 16
)

// node is a node of the schema.
type node struct {
	name               string
	optional, repeated bool
	maxDef, maxRep     int
	children           []*node // of a group
	leaf               int     // place among the leaves; -1 = a group
	physical           physical
	length             int // of fixed bytes
	logical            logical
}

// tree makes the tree of the nodes, which stand in the order of their depth.
func (m *parquetMeta) tree(schema []*node, children []int) {
	if len(schema) == 0 || schema[0].leaf == 0 {
		panic("no schema")
	}
	next := 0
	var grow func(depth int) *node
	grow = func(depth int) *node {
		if next == len(schema) || depth > maxThriftDepth {
			panic("a schema that does not fit together")
		}
		n, count := schema[next], children[next]
		next++
		if n.leaf == 0 {
			n.leaf = len(m.leaves)
			m.leaves = append(m.leaves, n)
			return n
		}
		for range count {
			child := schema[min(next, len(schema)-1)]
			child.maxDef, child.maxRep = n.maxDef, n.maxRep
			if child.optional || child.repeated {
				child.maxDef++
			}
			if child.repeated {
				child.maxRep++
			}
			n.children = append(n.children, grow(depth+1))
		}
		return n
	}
	m.root = grow(0)
}

// schemaElement reads a node and how many children follow it.
func (t *thrift) schemaElement() (n *node, children int) {
	n = &node{leaf: -1}
	converted, scale := -1, 0
	t.structure(func(id int, kind byte) bool {
		switch {
		case id == 1 && kind == thriftI32:
			n.physical, n.leaf = physical(t.int()), 0
		case id == 2 && kind == thriftI32:
			n.length = int(t.int())
		case id == 3 && kind == thriftI32:
			r := t.int()
			n.optional, n.repeated = r == 1, r == 2
		case id == 4 && kind == thriftBinary:
			n.name = string(t.binary())
		case id == 5 && kind == thriftI32:
			children = int(t.int())
		case id == 6 && kind == thriftI32:
			converted = int(t.int())
		case id == 7 && kind == thriftI32:
			scale = int(t.int())
		case id == 10 && kind == thriftStruct:
			n.logical = t.logical()
		default:
			return false
		}
		return true
	})
	if n.logical.kind == 0 {
		n.logical = convertedType(converted, scale)
	}
	if children > 0 {
		n.leaf = -1
	}
	if n.leaf == 0 && (n.physical < physicalBoolean || n.physical > physicalFixed || n.length < 0 || n.length > 1<<20) {
		panic("a column of a type that is none")
	}
	return n, children
}

// timeUnit is a unit of times as the format numbers them; 0 = none.
func timeUnit(i int) time.Duration {
	switch i {
	case 1:
		return time.Millisecond
	case 2:
		return time.Microsecond
	case 3:
		return time.Nanosecond
	}
	return 0
}

// logical reads a logical type. Its parameters have different numbers in each.
func (t *thrift) logical() (l logical) {
	t.structure(func(id int, kind byte) bool {
		if kind != thriftStruct {
			return false
		}
		l.kind = id
		t.structure(func(p int, kind byte) bool {
			switch {
			case id == logicalDecimal && p == 1 && kind == thriftI32:
				l.scale = int(t.int())
			case (id == logicalTime || id == logicalTimestamp) && p == 1:
				l.utc = kind == thriftTrue
				return false
			case (id == logicalTime || id == logicalTimestamp) && p == 2 && kind == thriftStruct:
				t.structure(func(unit int, _ byte) bool { l.unit = timeUnit(unit); return false })
			case id == logicalInt && p == 2:
				l.signed = kind == thriftTrue
				return false
			default:
				return false
			}
			return true
		})
		return true
	})
	if (l.kind == logicalTime || l.kind == logicalTimestamp) && l.unit == 0 {
		panic("a time without its unit")
	}
	return l
}

// convertedType is the meaning as older writers say it.
func convertedType(kind, scale int) logical {
	switch kind {
	case 0:
		return logical{kind: logicalString}
	case 1, 2:
		return logical{kind: logicalMap}
	case 3:
		return logical{kind: logicalList}
	case 4:
		return logical{kind: logicalEnum}
	case 5:
		return logical{kind: logicalDecimal, scale: scale}
	case 6:
		return logical{kind: logicalDate}
	case 7, 8:
		return logical{kind: logicalTime, utc: true, unit: timeUnit(kind - 6)}
	case 9, 10:
		return logical{kind: logicalTimestamp, utc: true, unit: timeUnit(kind - 8)}
	case 11, 12, 13, 14:
		return logical{kind: logicalInt}
	case 15, 16, 17, 18:
		return logical{kind: logicalInt, signed: true}
	case 19:
		return logical{kind: logicalJSON}
	}
	return logical{}
}
