(function(){return 1})()
(()=>({a:1}))()
((a,b=a+1,...c)=>[a,b,c])(1)
((a,b=a+1,...c)=>[a,b,c])(1,undefined,3,4)
function f(a,b){return arguments.length} f(1,2,3)
function f(){return [...arguments]} f(1,2)
(function f(n){return n<2?n:f(n-1)+f(n-2)})(15)
const f=(n)=>n?n*f(n-1):1; f(10)
function f(){} [f.name,f.length]
const g=()=>{}; g.name
({m(){}}).m.name
((a,b=1,c)=>{}).length
(function(a,b,...c){}).length
function outer(){let c=0; return ()=>++c} const f=outer(); f();f()
let fs=[]; for(let i=0;i<3;i++) fs.push(()=>i); fs.map(f=>f())
let fs=[]; for(var i=0;i<3;i++) fs.push(()=>i); fs.map(f=>f())
let fs=[]; for(const x of [1,2]) fs.push(()=>x); fs.map(f=>f())
function f(){return this} f()
function f(){return typeof this} f()
const o={v:1,f(){return (()=>this.v)()}}; o.f()
(function(){return this.x}).call({x:5})
(function(a,b){return this.x+a+b}).apply({x:1},[2,3])
const b=(function(a,c){return [this.x,a,c]}).bind({x:1},2); b(3)
(function(){}).bind().name
Math.max.call(null,1,2)
new (function(){this.a=1})().a
new (()=>{})()
new (class{constructor(){return {z:1}}})()
function F(){if(!new.target) return "call"; this.t=1} [F(),new F().t]
function F(){} F.prototype.g=function(){return 7}; new F().g()
hoisted(); function hoisted(){return 1}
typeof v; var v=1
var v=1; {var v=2} v
let x=1; {let x=2} x
{function q(){return 1}} typeof q
try{undefinedVar}catch(e){e instanceof ReferenceError}
(function(){try{return 1}finally{print("f")}})()
(function(){try{throw 1}catch(e){return e+1}finally{}})()
(function(){try{return 1}finally{return 2}})()
(function(){for(const x of [1,2,3]){if(x==2)return x}})()
(function(){l:for(;;){for(;;){break l}} return 3})()
compose=1
const compose=(...f)=>x=>f.reduceRight((v,g)=>g(v),x); compose(x=>x+1,x=>x*2)(5)
const curry=a=>b=>c=>a+b+c; curry(1)(2)(3)
function f(a,a2=()=>a){a=5; return a2()} f(1)
function f({a,b:[c]=[9]}={}){return [a,c]} [f(),f({a:1,b:[2]})]
f.x=1; function f(){} f.x
(a=>a)(1,2)
((...a)=>a.length)(...[1,2],3,..."ab")
function f(){return f.caller} f()
(function(){"use strict"; return arguments.callee})()
(()=>arguments)()
(async()=>1)()
(async()=>{throw new TypeError("x")})()
async function f(){return await Promise.resolve(5)} f()
(async()=>{let s=0; for(const x of [1,2,3]) s+=await x; return s})()
(async()=>{try{await Promise.reject(new RangeError("r"))}catch(e){return e.name}})()
Promise.all([1,Promise.resolve(2),(async()=>3)()])
Promise.all([1,Promise.reject(new TypeError())])
Promise.allSettled([1,Promise.reject(2)])
Promise.race([new Promise(()=>{}),Promise.resolve("r")])
Promise.any([Promise.reject(1),Promise.resolve(2)])
Promise.any([Promise.reject(1)])
Promise.resolve(1).then(x=>x+1).then(x=>x*10)
Promise.reject(1).catch(x=>x+1).finally(()=>9)
new Promise((r,j)=>{r(1);j(2)})
new Promise(()=>{throw 3}).catch(x=>x)
Promise.resolve({then(r){r(7)}})
const p=[]; Promise.resolve().then(()=>p.push(1)).then(()=>p.push(3)); (async()=>{p.push(0); await 0; p.push(2); await 0; p.push(4); return p})()
(async()=>{const r=[]; for(let i=0;i<3;i++){r.push(await (async()=>i*i)())} return r})()
(async()=>[await 1,await 2,...await [3]])()
(async()=>({a:await 1,[await "b"]:2}))()
(async()=>(await {x:{y:5}}).x.y)()
(async()=>await 1+await 2*await 3)()
(async()=>{const o={v:1}; o.v+=await 5; return o})()
(async()=>`${await 1}-${await 2}`)()
(async()=>{const f=async(a,b)=>a+b; return f(await 1,await f(2,3))})()
(async()=>await null ?? await "d")()
(async()=>(await 0)||(await 5))()
(async()=>{switch(await 2){case await 1:return "a";case 2:return "b"}})()
(async()=>{let i=0; while(await i<3)i++; do{i+=await 1}while(i<6); return i})()
(async()=>{const r=[]; try{await 1; throw 2}catch(e){r.push(await e)}finally{r.push(await 3)} return r})()
(async()=>{l:for(const a of [1,2]){for(const b of [1,2]){if(await b===2)continue l; print(a,b)}} return "e"})()
(async()=>{try{return await 1}finally{print(await 2)}})()
(async()=>(await (async()=>[1,2])())?.[await 1])()
(async()=>{const {a,b=5}={a:1}; return a})()
class A{async m(){return await this.v} v=3} new A().m()
(async function(){return this})()
async()=>{}
(async x=>x)(1)
function* g(){const x=yield 1; yield x*2; return 3} const i=g(); [i.next(),i.next(5),i.next(),i.next()]
function* g(){yield* [1,2]; const r=yield* h(); yield r} function* h(){yield 3; return 4} [...g()]
function* g(){try{yield 1}finally{print("c")}} for(const x of g()) break;
function* g(){try{yield 1}catch(e){yield e+1}} const i=g(); i.next(); [i.throw(5),i.next()]
function* g(){yield 1} const i=g(); [i.return(7),i.next()]
function* fib(){let [a,b]=[0,1]; for(;;){yield a; [a,b]=[b,a+b]}} const r=[]; for(const x of fib()){if(x>50)break; r.push(x)} r
const [a,b]=(function*(){yield 1; yield 2})(); a+b
Array.from((function*(){yield* "ab"})())
const it={*[Symbol.iterator](){yield 1; yield 2}}; Math.max(...it)
const it={[Symbol.iterator](){let n=0; return {next(){return {value:n,done:n++>=3}},return(){print("ret"); return {}}}}}; for(const x of it){if(x==1)break}
new (function*(){})()
(function*(){}).constructor.name
Object.prototype.toString.call((function*(){})())
