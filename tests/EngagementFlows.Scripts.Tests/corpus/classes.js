class A{} new A()
class A{constructor(x){this.x=x}} new A(5)
class A{x=1;y=this.x+1} new A()
class A{static s=1;static m(){return this.s}} A.m()
class A{#p=1;get p(){return this.#p}set p(v){this.#p=v}} const a=new A(); a.p=5; a.p
class A{#m(){return 1}m(){return this.#m()}} new A().m()
class A{static #c=0;static inc(){return ++A.#c}} A.inc();A.inc()
class A{#x;static has(o){return #x in o}} [A.has(new A()),A.has({})]
class A{#x=1;static get(o){return o.#x}} A.get({})
class A{constructor(){this.n="a"}hi(){return "A"+this.n}} class B extends A{hi(){return "B"+super.hi()}} new B().hi()
class A{constructor(x){this.x=x}} class B extends A{constructor(){super(1);this.y=2}} new B()
class A{} class B extends A{constructor(){}} new B()
class A{} class B extends A{constructor(){this.x=1;super()}} new B()
class A{static f(){return "s"}} class B extends A{} B.f()
class A extends Array{sum(){return this.reduce((a,b)=>a+b,0)}} A.from([1,2,3]).sum()
class E extends Error{constructor(m){super(m);this.name="E"}} try{throw new E("x")}catch(e){[e.name,e.message,e instanceof E,e instanceof Error,String(e)]}
class A{get [`x${1}`](){return 1}} new A().x1
class A{static{this.z=9}} A.z
const A=class B{static n(){return B.name}}; [A.n(),A.name]
(class{}).name
const X=class{}; X.name
typeof class{}
class A{} A()
class A{constructor(){return 1}} typeof new A()
class A{} class B extends A{} [Object.getPrototypeOf(B)===A,new B() instanceof A]
class A extends null{} typeof A
class A extends 5{}
let c=class{static a=this.name}; c.a
class A{a=()=>this.b;b=2} new A().a()
class A{static async f(){return 1}} A.f()
class A{*g(){yield 1}} [...new A().g()]
class A{"quoted name"(){return 1} 5(){return 2}} [new A()["quoted name"](),new A()[5]()]
class P{constructor(){this.t=new.target.name}} class Q extends P{} new Q().t
class A{m(){return super.toString()}} new A().m()
class A{static x=1; static y=A.x+1} A.y
class A{constructor(){Object.defineProperty(this,"x",{value:1})}} new A().x
class A{toString(){return "AA"}} `${new A()}`
class A{static[Symbol.hasInstance](x){return x===1}} 1 instanceof A
class A{get x(){return 1}} new A().x=2
class A{accessor=1; static static=2; get get(){return 3} set set(v){} async async(){}} [new A().accessor,A.static,new A().get]
class Temp{static #f=c=>c*9/5+32; static to(c){return Temp.#f(c)}} Temp.to(100)
class S{#items=[];push(x){this.#items.push(x);return this}get size(){return this.#items.length}} new S().push(1).push(2).size
class A{x=1} class B extends A{x=2;y=this.x} new B()
class A{constructor(){this.init()}init(){this.a=1}} class B extends A{b=5;init(){this.b=1}} new B()
class A{#a=1;eq(o){return this.#a===o.#a}} new A().eq(new A())
class A{static m(){return super.name}} A.m()
class Animal{speak(){return `${this.n} speaks`}constructor(n){this.n=n}} class Dog extends Animal{speak(){return super.speak()+" woof"}} new Dog("Rex").speak()
new (class{#p=1; clone(){const c=new this.constructor(); c.#p=this.#p+1; return c.#p}})().clone()
class A{x;y=undefined} Object.keys(new A())
class A{m(){}} Object.keys(new A().__proto__??{})
class A{m(){}} new new A().m()
class A{constructor(a,b=2,...c){}} A.length
class A{} A.prototype=1
A; class A{}
class A{static prototype(){}}
class A{constructor(){} constructor(){}}
class A{#x; #x}
class A{m(){this.#nope}}
class A{get constructor(){}}
class A extends B{} 
class X{static [1+1]="two"} X[2]
