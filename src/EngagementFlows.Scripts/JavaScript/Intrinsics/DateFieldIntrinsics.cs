namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Getters and setters of a date's fields (ECMA-262 §21.4.4).</summary>
internal static class DateFieldIntrinsics
{
    public static void Define(JsObject prototype, Builder b)
    {
        DefineGetters(prototype, b);
        b.Method(prototype, Names.ValueOf, 0, (realm, self, _) => DateIntrinsics.Self(realm, self).Time);
        b.Method(prototype, "getTime", 0, (realm, self, _) => DateIntrinsics.Self(realm, self).Time);
        b.Method(prototype, "setTime", 1, (realm, self, a) =>
        {
            JsDate date = DateIntrinsics.Self(realm, self);
            date.Time = DateMath.TimeClip(Operations.ToNumber(realm, a.At(0)));
            return date.Time;
        });
        b.Method(prototype, "getTimezoneOffset", 0, (realm, self, _) => -DateMath.OffsetAt(realm.Zone, Checked(DateIntrinsics.Self(realm, self).Time)) / 60000 is var offset && double.IsNaN(DateIntrinsics.Self(realm, self).Time) ? double.NaN : offset + 0d);
        b.Method(prototype, "getYear", 0, (realm, self, _) => Read(realm, self, isUtc: false, f => f.Year - 1900));
        foreach (bool isUtc in (bool[])[false, true])
            DefineSetters(prototype, b, isUtc);
    }

    private static double Checked(double time) => double.IsNaN(time) ? 0 : time;

    private static void DefineGetters(JsObject prototype, Builder b)
    {
        void Getter(string name, Func<DateFields, double> select)
        {
            b.Method(prototype, "get" + name, 0, (realm, self, _) => Read(realm, self, isUtc: false, select));
            b.Method(prototype, "getUTC" + name, 0, (realm, self, _) => Read(realm, self, isUtc: true, select));
        }

        Getter("FullYear", f => f.Year);
        Getter("Month", f => f.Month);
        Getter("Date", f => f.Day);
        Getter("Day", f => f.Weekday);
        Getter("Hours", f => f.Hour);
        Getter("Minutes", f => f.Minute);
        Getter("Seconds", f => f.Second);
        Getter("Milliseconds", f => f.Millisecond);
    }

    private static Value Read(Realm realm, Value self, bool isUtc, Func<DateFields, double> select)
    {
        double time = DateIntrinsics.Self(realm, self).Time;
        if (double.IsNaN(time))
            return double.NaN;
        return select(DateMath.FieldsOf(isUtc ? time : DateMath.ToLocal(realm.Zone, time)));
    }

    private static void DefineSetters(JsObject prototype, Builder b, bool isUtc)
    {
        string prefix = isUtc ? "setUTC" : "set";

        // Each setter takes its own field and those that follow it: year month day, or hour minute second millisecond.
        Setter("FullYear", 3, 0, isTime: false);
        Setter("Month", 2, 1, isTime: false);
        Setter("Date", 1, 2, isTime: false);
        Setter("Hours", 4, 0, isTime: true);
        Setter("Minutes", 3, 1, isTime: true);
        Setter("Seconds", 2, 2, isTime: true);
        Setter("Milliseconds", 1, 3, isTime: true);

        void Setter(string name, int length, int first, bool isTime) => b.Method(prototype, prefix + name, length, (realm, self, a) =>
        {
            JsDate date = DateIntrinsics.Self(realm, self);
            double time = date.Time;
            Span<double> given = stackalloc double[Math.Max(1, Math.Min(a.Length, length))];
            for (int n = 0; n < given.Length; n++)
                given[n] = Operations.ToNumber(realm, a.At(n));
            if (double.IsNaN(time))
            {
                if (name != "FullYear")
                    return double.NaN;
                time = 0;
            }
            else if (!isUtc)
            {
                time = DateMath.ToLocal(realm.Zone, time);
            }

            double changed = isTime ? WithTime(time, first, given) : WithDate(time, first, given);
            date.Time = DateMath.TimeClip(isUtc ? changed : DateMath.ToUniversal(realm.Zone, changed));
            return date.Time;
        });
    }

    private static double WithTime(double time, int first, ReadOnlySpan<double> given)
    {
        DateFields f = DateMath.FieldsOf(time);
        Span<double> parts = [f.Hour, f.Minute, f.Second, f.Millisecond];
        given.CopyTo(parts[first..]);
        return DateMath.MakeDate(Math.Floor(time / DateMath.MsPerDay), DateMath.MakeTime(parts[0], parts[1], parts[2], parts[3]));
    }

    private static double WithDate(double time, int first, ReadOnlySpan<double> given)
    {
        DateFields f = DateMath.FieldsOf(time);
        Span<double> parts = [f.Year, f.Month, f.Day];
        given.CopyTo(parts[first..]);
        double days = Math.Floor(time / DateMath.MsPerDay);
        return DateMath.MakeDate(DateMath.MakeDay(parts[0], parts[1], parts[2]), time - (days * DateMath.MsPerDay));
    }
}
