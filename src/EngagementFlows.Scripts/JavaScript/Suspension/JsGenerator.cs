namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A generator object (ECMA-262 §27.5).</summary>
internal sealed class JsGenerator(JsObject? prototype, Coroutine body) : JsObject(prototype)
{
    public Value Resume(Realm realm, Resumption resumption, Value sent)
    {
        if (body.IsDone || (!body.HasStarted && resumption != Resumption.Next && !body.IsRunning))
        {
            body.Finish();
            return resumption switch
            {
                Resumption.Throw => throw realm.Throw(sent),
                Resumption.Return => Iteration.Result(realm, sent, done: true),
                _ => Iteration.Result(realm, Value.Undefined, done: true),
            };
        }

        bool isDone = body.Resume(resumption, sent, out Value output);
        return !isDone && body.IsRawOutput ? output : Iteration.Result(realm, output, isDone);
    }
}
