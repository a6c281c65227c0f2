-(0)
+(0)
!(0)
~(0)
typeof (0)
void (0)
-(-0)
+(-0)
!(-0)
~(-0)
typeof (-0)
void (-0)
-(1)
+(1)
!(1)
~(1)
typeof (1)
void (1)
-(-1)
+(-1)
!(-1)
~(-1)
typeof (-1)
void (-1)
-(1.5)
+(1.5)
!(1.5)
~(1.5)
typeof (1.5)
void (1.5)
-(NaN)
+(NaN)
!(NaN)
~(NaN)
typeof (NaN)
void (NaN)
-(Infinity)
+(Infinity)
!(Infinity)
~(Infinity)
typeof (Infinity)
void (Infinity)
-("5")
+("5")
!("5")
~("5")
typeof ("5")
void ("5")
-("")
+("")
!("")
~("")
typeof ("")
void ("")
-("abc")
+("abc")
!("abc")
~("abc")
typeof ("abc")
void ("abc")
-(true)
+(true)
!(true)
~(true)
typeof (true)
void (true)
-(false)
+(false)
!(false)
~(false)
typeof (false)
void (false)
-(null)
+(null)
!(null)
~(null)
typeof (null)
void (null)
-(undefined)
+(undefined)
!(undefined)
~(undefined)
typeof (undefined)
void (undefined)
-([])
+([])
!([])
~([])
typeof ([])
void ([])
-([2])
+([2])
!([2])
~([2])
typeof ([2])
void ([2])
-(({}))
+(({}))
!(({}))
~(({}))
typeof (({}))
void (({}))
let i=5; [i++, i, ++i, i--, --i]
let s="5"; s++; s
let o={a:1}; o.a++; o.a+=5; o.a**=2; o.a
let x=null; x??=5; x
let x=0; x||=7; x&&=8; x
let a=[1]; a[0]<<=3; a
delete ({a:1}).a
const o={a:1,b:2}; delete o.a; o
"a" in {a:1}
1 in [1,2]
[] instanceof Array
({}) instanceof Array
(()=>{}) instanceof Function
let f; typeof f
typeof notDeclared
(1,2,3)
0.1+0.2
1/3
5%0
2**-1
(-8)**(1/3)
2**53+1
1e21+1
0xff+0b11+0o17
1_000_000
.5+5.
+"  12  "
+"0x1f"
+"1e3"
+"1,2"
-"-5"
[1,2]+[3]
({})+[]
[]+{}
null ?? "d"
0 ?? "d"
""||"x"
a?.b
let a; a?.b.c.d
let a={b:null}; a.b?.c
let a={f(){return this.v},v:3}; a.f?.()
let a={}; a.f?.()
let a={b:{c:[1,2]}}; a?.b?.["c"]?.[1]
let n=null; n?.[x()]
