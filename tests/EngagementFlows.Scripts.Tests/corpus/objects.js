({a:1,"b c":2,3:4,[`d${1}`]:5})
({b:1,a:2,2:3,1:4})
Object.keys({b:1,a:2,10:3,9:4})
Object.entries({x:1,y:[2]})
Object.fromEntries([["a",1],["b",2]])
Object.fromEntries(new Map([["k","v"]]))
Object.assign({a:1},{b:2},null,{a:3})
({...{a:1},b:2,...null,..."hi"})
const {a,...rest}={a:1,b:2,c:3}; rest
const {a:{b=5}={}}={}; b
const {x=1,y=x+1}={}; [x,y]
let {length}="hello"; length
const {[`k${1}`]:v}={k1:9}; v
let a=1,b=2; [a,b]=[b,a]; [a,b]
let a,b,r; [a,,b,...r]=[1,2,3,4,5]; [a,b,r]
const [x=1,[y]=[2]]=[]; [x,y]
let o={}; ({a:o.x,b:o["y"]}={a:1,b:2}); o
const {a}=null
const [a]=null
const [a]={}
let {a}=1; a
Object.getOwnPropertyNames("ab")
Object.freeze({a:1}).a=2
"use strict"; const o=Object.freeze({a:1}); try{o.a=2}catch(e){e.name}
Object.isFrozen(Object.freeze({}))
Object.isSealed(Object.seal({a:1}))
Object.isExtensible(Object.preventExtensions({}))
const o=Object.preventExtensions({}); o.x=1
const o={get x(){return 5},set x(v){this.y=v}}; o.x=7; [o.x,o.y]
Object.getOwnPropertyDescriptor({a:1},"a")
Object.getOwnPropertyDescriptor({get a(){return 1}},"a").set
Object.defineProperty({},"x",{value:1,enumerable:true})
const o=Object.defineProperty({},"x",{value:1}); o.x=2
const o=Object.defineProperty({},"x",{value:1}); Object.keys(o)
Object.defineProperties({},{a:{value:1,enumerable:true},b:{get(){return 2},enumerable:true}})
Object.create({p:1}).p
Object.create(null) instanceof Object
Object.getPrototypeOf([])===Array.prototype
const o={__proto__:{z:1}}; o.z
({toString(){return "T"}})+""
({valueOf(){return 42}})*2
({[Symbol.toPrimitive](h){return h}})+""
`${{[Symbol.toPrimitive](h){return h}}}`
({}).toString()
Object.prototype.toString.call([])
Object.prototype.toString.call(null)
Object.prototype.toString.call(new Date(0))
Object.prototype.toString.call(/x/)
({a:1}).hasOwnProperty("a")
Object.hasOwn({a:1},"b")
Object.is(NaN,NaN)
Object.is(0,-0)
let r=[]; for(const k in {b:1,a:2,1:3}) r.push(k); r
let r=[]; for(const k in Object.create({p:1},{o:{value:1,enumerable:true}})) r.push(k); r
const o={a:1,get b(){return this.a+1}}; ({...o})
const s=Symbol("d"); const o={[s]:1}; [o[s],Object.keys(o).length,s.description]
Symbol("a").toString()
Symbol.for("k")===Symbol.for("k")
Symbol.keyFor(Symbol.for("k"))
Symbol()===Symbol()
typeof Symbol.iterator
Symbol()+1
new Symbol()
const o={f(){return super.toString===Object.prototype.toString}}; o.f()
const o={async f(){return 1},*g(){yield 2}}; [...o.g()]
o={a:1}
undefinedFn()
null.x
undefined.x
let o={}; o.a.b
let o={}; o.f()
let o={a:1}; o.a()
({}).x.y
const c=1; c=2
x; let x=1
let f=()=>y; let y=2; f()
f(); let z=1; function f(){return z}
structuredClone({a:[1,{b:new Date(0)}]})
structuredClone(new Map([[1,{a:2}]]))
const o={}; o.self=o; structuredClone(o).self!==o
JSON.stringify({a:[1,"x",null,undefined,()=>1],b:undefined,c:new Date(0)})
JSON.stringify([undefined,NaN,-0,Infinity])
JSON.stringify({a:1,b:[1,2]},null,2)
JSON.stringify({a:1,b:2},["a"])
JSON.stringify({a:1},(k,v)=>typeof v==="number"?v+1:v)
JSON.stringify("\u2028\ud800\n")
JSON.stringify({toJSON(){return 5}})
JSON.stringify(undefined)
JSON.stringify(()=>1)
const o={}; o.o=o; JSON.stringify(o)
JSON.stringify({a:1},null,"--")
JSON.stringify([[],{}],null,1)
JSON.stringify(new Map([[1,2]]))
JSON.stringify(Object("x"))
JSON.parse("[1,{\"a\":null}]")
JSON.parse("{\"a\":1,\"a\":2}")
JSON.parse("1,")
JSON.parse("")
JSON.parse("{a:1}")
JSON.parse("01")
JSON.parse("\"\\u0041\"")
JSON.parse("[1,2,3]",(k,v)=>Array.isArray(v)?v:v*2||v)
JSON.parse(" true ")
JSON.parse("-0")
JSON.parse("1e5")
JSON.parse("{\"__proto__\":1}")
JSON.parse("'a'")
JSON.parse(undefined)
JSON.parse(null)
Reflect.ownKeys({b:1,a:2,[Symbol.iterator]:3}).length
Reflect.has({a:1},"a")
Reflect.get({get a(){return this.x}},"a",{x:5})
const o={}; Reflect.set(o,"a",1); o
new WeakMap([[{},1]]) instanceof WeakMap
const k={}; const w=new WeakMap(); w.set(k,1); [w.get(k),w.has({})]
new WeakSet().add(1)
const m=new Map([[NaN,1],[0,2]]); [m.get(NaN),m.get(-0),m.size]
new Map([["a",1],["b",2]])
[...new Map([["a",1]]).entries()]
const m=new Map(); m.set("x",1).set("y",2); m.delete("x"); [...m.keys()]
new Set([1,2,2,3])
[...new Set("hello")].join("")
const s=new Set([1]); s.add(2); s.has(2)
let r=[]; new Map([[1,2]]).forEach((v,k)=>r.push(k+v)); r
const m=new Map([[1,1],[2,2]]); const r=[]; for(const [k] of m){r.push(k); if(k<5)m.set(k+10,1)} r
Map()
new Map(5)
new Map([1])
Map.groupBy?.([1,2,3],x=>x%2).size ?? 2
Object.entries([7,8])
Object.values("ab")
Object.keys(null)
Object.keys(5)
const {a=print("d")}={a:1}; a
let i=0; const o={[i++]:i++,[i++]:i}; o
({a:1}).a
"a" in {a:1}
const o={}; o["a"]=1; Object.keys(o)
Object.hasOwn({a:1},"a")
const {a:v="def"}={}; typeof v
delete {a:1}["a"]
({b:1}).b
"b" in {b:1}
const o={}; o["b"]=1; Object.keys(o)
Object.hasOwn({b:1},"b")
const {b:v="def"}={}; typeof v
delete {b:1}["b"]
({1:1}).x
"1" in {1:1}
const o={}; o["1"]=1; Object.keys(o)
Object.hasOwn({1:1},"1")
const {1:v="def"}={}; typeof v
delete {1:1}["1"]
({toString:1}).toString
"toString" in {toString:1}
const o={}; o["toString"]=1; Object.keys(o)
Object.hasOwn({toString:1},"toString")
const {toString:v="def"}={}; typeof v
delete {toString:1}["toString"]
({__x:1}).__x
"__x" in {__x:1}
const o={}; o["__x"]=1; Object.keys(o)
Object.hasOwn({__x:1},"__x")
const {__x:v="def"}={}; typeof v
delete {__x:1}["__x"]
({length:1}).length
"length" in {length:1}
const o={}; o["length"]=1; Object.keys(o)
Object.hasOwn({length:1},"length")
const {length:v="def"}={}; typeof v
delete {length:1}["length"]
