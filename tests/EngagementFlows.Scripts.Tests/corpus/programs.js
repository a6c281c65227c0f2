[1,2,3,4].filter(x=>x%2===0).map(x=>x*x).reduce((a,b)=>a+b,0)
const clients=[{n:"A",t:5},{n:"B",t:9}]; clients.sort((a,b)=>b.t-a.t)[0].n
const a={b:{c:{d:1}}}; const g=(o,p)=>p.split(".").reduce((x,k)=>x?.[k],o); [g(a,"b.c.d"),g(a,"x.y")]
const memo=new Map(); const fib=n=>n<2?n:memo.get(n)??(memo.set(n,fib(n-1)+fib(n-2)),memo.get(n)); fib(50)
const groupBy=(xs,f)=>xs.reduce((m,x)=>((m[f(x)]??=[]).push(x),m),{}); groupBy([1,2,3,4],x=>x%2?"odd":"even")
const uniq=xs=>[...new Set(xs)]; uniq([3,1,3,2,1])
const deep=o=>typeof o==="object"&&o?Array.isArray(o)?o.map(deep):Object.fromEntries(Object.entries(o).map(([k,v])=>[k,deep(v)])):o; deep({a:[1,{b:2}]})
const pad=n=>String(n).padStart(2,"0"); const d=new Date(Date.UTC(2026,0,5)); `${d.getUTCFullYear()}-${pad(d.getUTCMonth()+1)}-${pad(d.getUTCDate())}`
"the quick brown fox".split(" ").map(w=>w[0].toUpperCase()+w.slice(1)).join(" ")
const isPrime=n=>{for(let i=2;i*i<=n;i++)if(n%i===0)return false;return n>1}; Array.from({length:30},(_,i)=>i).filter(isPrime)
const q=[5,3,8,1]; for(let i=0;i<q.length;i++)for(let j=0;j<q.length-i-1;j++)if(q[j]>q[j+1])[q[j],q[j+1]]=[q[j+1],q[j]]; q
const e=new (class{#h={};on(n,f){(this.#h[n]??=[]).push(f);return this}emit(n,...a){return (this.#h[n]??[]).map(f=>f(...a))}})(); e.on("x",a=>a+1).on("x",a=>a*2).emit("x",5)
const parse=s=>Object.fromEntries(s.split("&").map(p=>p.split("=").map(decodeURIComponent))); parse("a=1&b=x%20y")
const range=(a,b)=>({*[Symbol.iterator](){for(let i=a;i<b;i++)yield i}}); [...range(1,5)]
let s=""; for(let i=0;i<1000;i++) s+=i; s.length
const m=[[1,2],[3,4]]; m[0].map((_,i)=>m.map(r=>r[i]))
(function hanoi(n,a,b,c){return n?hanoi(n-1,a,c,b)+1+hanoi(n-1,c,b,a):0})(8)
const t=(s,...v)=>s.raw.join("|")+v.join(","); t`a${1}b${2}c`
const tag=s=>s; tag`x`===tag`x`
let n=0; const o={get a(){return ++n}}; [o.a,o.a,n]
const sleep=()=>Promise.resolve(); (async()=>{let t=0; for(let i=0;i<5;i++){await sleep(); t+=i} return t})()
const handlers={add:(a,b)=>a+b,mul:(a,b)=>a*b}; Object.entries(handlers).map(([k,f])=>`${k}:${f(3,4)}`)
const {a:{b:[,second]=[]}={},...o}={a:{b:[1,2]},c:3}; [second,o]
const xs=[3,1,2]; const [min,...rest]=[...xs].sort(); [min,rest,xs]
try{JSON.parse("{bad")}catch(e){e.name+":"+(e.message.length>0)}
Object.entries({a:1,b:2}).map(([k,v])=>({[k]:v*2})).reduce((a,b)=>({...a,...b}))
[..."mississippi"].reduce((m,c)=>m.set(c,(m.get(c)||0)+1),new Map())
new Date(Date.UTC(2026,0,31)+864e5).toISOString().slice(0,10)
const once=f=>{let d=false,r;return (...a)=>d?r:(d=true,r=f(...a))}; const f=once(x=>x*2); [f(2),f(5)]
Number((0.1+0.2).toFixed(2))===0.3
[1,2,3,4,5].slice(-3).concat([9]).includes(9)&&!![].length===false
const amount=1250; amount>1000?"large":amount>100?"medium":"small"
const client={name:"Ada",tags:["vip"],address:null}; `${client.name} ${client.tags?.includes("vip")?"VIP":""} ${client.address?.city??"n/a"}`
const rows=[["id","v"],[1,"x"],[2,"y"]]; const [h,...b]=rows; b.map(r=>Object.fromEntries(r.map((v,i)=>[h[i],v])))
let total=0; [{q:2,p:9.99},{q:1,p:5}].forEach(({q,p})=>{total+=q*p}); total.toFixed(2)
Object.keys({x:1,y:2}).length>0&&Object.values({x:1}).every(v=>v>0)
[["b",2],["a",1]].sort(([x],[y])=>x<y?-1:1)
const stack=[]; for(const c of "(()())"){if(c==="(")stack.push(c);else stack.pop()} stack.length===0
new Uint8Array([1,2,300])
const b=new Uint8Array(3); b[0]=257; b[5]=1; [...b]
Uint8Array.from([1,2,3]).map(x=>x*2)
new Uint8Array(2).length
new Uint8Array([3,1,2]).sort().join()
[...new Uint8Array([1,2]).entries()]
Uint8Array.of(1,2).slice(1)
new Uint8Array(-1)
const f0=(a,b)=>a*0+b; [f0(1,2),f0("3",4),f0(null,undefined)]
let acc=[]; for(let i=0;i<3;i++){ if(i%3===0) continue; acc.push(i*0) } acc
[0,0,0].sort((a,b)=>a-b).map(x=>x.toString(2))
const f1=(a,b)=>a*1+b; [f1(1,2),f1("3",4),f1(null,undefined)]
let acc=[]; for(let i=1;i<4;i++){ if(i%3===0) continue; acc.push(i*1) } acc
[1,2,3].sort((a,b)=>a-b).map(x=>x.toString(3))
const f2=(a,b)=>a*2+b; [f2(1,2),f2("3",4),f2(null,undefined)]
let acc=[]; for(let i=2;i<5;i++){ if(i%3===0) continue; acc.push(i*2) } acc
[2,4,2].sort((a,b)=>a-b).map(x=>x.toString(4))
const f3=(a,b)=>a*3+b; [f3(1,2),f3("3",4),f3(null,undefined)]
let acc=[]; for(let i=3;i<6;i++){ if(i%3===0) continue; acc.push(i*3) } acc
[3,1,1].sort((a,b)=>a-b).map(x=>x.toString(5))
const f4=(a,b)=>a*4+b; [f4(1,2),f4("3",4),f4(null,undefined)]
let acc=[]; for(let i=4;i<7;i++){ if(i%3===0) continue; acc.push(i*4) } acc
[4,3,0].sort((a,b)=>a-b).map(x=>x.toString(6))
const f5=(a,b)=>a*5+b; [f5(1,2),f5("3",4),f5(null,undefined)]
let acc=[]; for(let i=5;i<8;i++){ if(i%3===0) continue; acc.push(i*5) } acc
[5,0,3].sort((a,b)=>a-b).map(x=>x.toString(7))
const f6=(a,b)=>a*6+b; [f6(1,2),f6("3",4),f6(null,undefined)]
let acc=[]; for(let i=6;i<9;i++){ if(i%3===0) continue; acc.push(i*6) } acc
[6,2,2].sort((a,b)=>a-b).map(x=>x.toString(8))
const f7=(a,b)=>a*7+b; [f7(1,2),f7("3",4),f7(null,undefined)]
let acc=[]; for(let i=7;i<10;i++){ if(i%3===0) continue; acc.push(i*7) } acc
[7,4,1].sort((a,b)=>a-b).map(x=>x.toString(9))
const f8=(a,b)=>a*8+b; [f8(1,2),f8("3",4),f8(null,undefined)]
let acc=[]; for(let i=8;i<11;i++){ if(i%3===0) continue; acc.push(i*8) } acc
[8,1,0].sort((a,b)=>a-b).map(x=>x.toString(10))
const f9=(a,b)=>a*9+b; [f9(1,2),f9("3",4),f9(null,undefined)]
let acc=[]; for(let i=9;i<12;i++){ if(i%3===0) continue; acc.push(i*9) } acc
[9,3,3].sort((a,b)=>a-b).map(x=>x.toString(11))
const f10=(a,b)=>a*10+b; [f10(1,2),f10("3",4),f10(null,undefined)]
let acc=[]; for(let i=10;i<13;i++){ if(i%3===0) continue; acc.push(i*10) } acc
[10,0,2].sort((a,b)=>a-b).map(x=>x.toString(2))
const f11=(a,b)=>a*11+b; [f11(1,2),f11("3",4),f11(null,undefined)]
let acc=[]; for(let i=11;i<14;i++){ if(i%3===0) continue; acc.push(i*11) } acc
[11,2,1].sort((a,b)=>a-b).map(x=>x.toString(3))
