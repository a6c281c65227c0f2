if(1) 2; else 3
if(0) 2
1; if(false){}
1; {}
1;;;
let x=5
var x=5
5; let x=1
do{2}while(false)
for(let i=0;i<3;i++) i
let i=0; while(i<5) i++;
let s=0; for(const x of [1,2,3]) s+=x; s
switch(3){case 1:1;case 3:33;case 4:44;break;default:5}
switch(9){default:"d";case 1:"one"}
switch("a"){case "b":1}
let r=[]; switch(2){case 1:r.push(1);case 2:r.push(2);case 3:r.push(3);break;case 4:r.push(4)} r
try{1}finally{2}
try{throw 1}catch{2}
try{throw 1}catch(e){e}finally{9}
l:{1;break l;2}
l:for(let i=0;i<3;i++){for(let j=0;j<3;j++){if(j==1)continue l;if(i==2)break l;print(i,j)}}
var i=0; do{i++; if(i==2)continue; if(i>3)break}while(true); i
for(var k in {a:1,b:2}); k
for(const [a,b] of [[1,2],[3,4]]) print(a+b)
for(const {x,y=9} of [{x:1},{x:2,y:3}]) print(x,y)
let o={}; for(o.k of [1,2]); o
for(let i=0,n=2;i<n;i++) print(i)
for(;;) break;
let n=0; for(const c of "a😀b") n++; n
for(const x of 5);
for(const x of null);
throw new Error("e")
throw {a:1}
throw null
throw new TypeError("t")
throw "s"
try{try{throw 1}finally{print("f")}}catch(e){print("c"+e)}
try{null.f()}catch(e){e.constructor.name}
try{x}catch({name,message}){[name,typeof message]}
let x=1;{let x=2;{let x=3;print(x)}print(x)}print(x)
const f=()=>{try{return "t"}finally{print("fin")}}; f()
let a=1;let b=2;a+b
let i=0; i ++ i
"a";"b"
1,2
debugger
var a=1,b=a+1,c; [a,b,c]
{let a=1;var b=2} b
typeof a; {let a}
a:1
({a:1}).a
+{}
[1,2,3][1]
(function(){})?.()
new Date(0).getTime()
void 0
let e=new Error("m",{cause:5}); [e.message,e.cause,e.name,String(e)]
new Error().message
Error("x") instanceof Error
new TypeError("a").toString()
new AggregateError([1,2],"m").errors
Object.prototype.toString.call(new RangeError)
const e=new Error("a"); e.name="Custom"; `${e}`
let x=010
let x=08
with(a){}
delete x
var let=1
let let=1
let a; let a
const a
let [a]
break
continue
yield=1
arguments=1
eval=1
({a:1,a:2}).a
function f(a,a){}
((a,a)=>1)
1=2
a+b=c
++1
for(const i=0;i<2;i++){}
for(let x,y of []){}
new.target
super.x
super()
`${
"abc
/a
/(/
/a/gg
({
[1,2
(
1+
if(
function(){}
class{}
await 1
({get a(x){}})
({set a(){}})
a=>{}()
()=>{}||1
async()=>{await=1}
x?.y=1
new a?.b()
a?.`x`
import x from "y"
export const a=1
"\08"
"\u{110000}"
label:label:1
for(let of of [1]) print(of)
var async=1; async
var of=2; of
var get=3,set=4,from=5; get+set+from
let static1=1; static1
({if:1,class:2}).class
a.if
({async:1}).async
({get:1,set:2,async:3,static:4})
x=>{x}
!function(){return 5}()
throw
do;while(0) 5
if(1)function f(){}
while(0);
for(const x in [5]) print(typeof x)
switch(1){case 1:let z=5;print(z)}
switch(1){case 0:let z;case 1:z=2}
{ function a(){return 1} a() }
var f=1; function f(){} typeof f
(()=>{ if(true){ return 1 } return 2 })()
var a=0; for(var i=0;i<10;i++){ if(i%2) continue; a+=i } a
let out=""; outer: for (const a of "ab") { for (const b of "xy") { if (b==="y") continue outer; out+=a+b } } out
let c=0; for (let i=0; i<5; i++) { let i=2; c+=i } c
let log=[]; for (let i=0, inc=()=>i++; i<3; inc()) { log.push(i); i++ } log
a?b:c
var t=true; t?1:0?2:3
let v = 1 ? 2 ? "a" : "b" : "c"; v
null ?? 1 || 2
(null ?? 1) || 2
-1 ** 2
(-1) ** 2
2 ** 3 ** 2
typeof typeof 1
!!"x"+1
1 < 2 < 3
3 > 2 > 1
1 + + 1
1 - -1
"b" + "a" + +"a" + "a"
[] + null + 1
[1,2,3] + [4]
{} + []
({}) + []
0.1 + 0.7
9 + "1"
"9" - 1
true + true
[] == ![]
NaN !== NaN
null >= 0
undefined == 0
"" == 0
"0" == false
null == false
[10] == 10
({}) == "[object Object]"
