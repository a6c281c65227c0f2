
namespace EngagementFlows.Scripts.Liquid.Runtime;

internal sealed partial class RenderState
{
    // What a value costs beside its content: an object header and a reference to it.
    private const int BytesOfObject = 32;

    public void Step(long count = 1)
    {
        _spending.Steps += count;
        if (_spending.Steps > Context.Limits.Steps)
            throw Fault("Steps", $"The template took more than {Context.Limits.Steps} steps, which is the limit.");
    }

    public void SpendBytes(long count)
    {
        _spending.AllocatedBytes += BytesOfObject + count;
        if (_spending.AllocatedBytes > Context.Limits.AllocatedBytes)
            throw Fault("AllocatedBytes", $"The template used more than {Context.Limits.AllocatedBytes} bytes of memory, which is the limit.");
    }

    /// <summary>Accounts for a text that a filter is about to make, of at most that length, and for the work of making it.</summary>
    public void NewText(long length)
    {
        if (length > Context.Limits.StringLength)
            throw Fault("StringLength", $"A text of {length} characters is longer than {Context.Limits.StringLength}, which is the limit.");
        SpendBytes(length * 2);
        Step(length / 64);
    }

    public PlainList NewList(long count)
    {
        int length = CheckLength(count);
        SpendBytes(8L * length);
        Step(length);
        return new PlainList(length);
    }

    public int CheckLength(long count)
    {
        if (count > Context.Limits.ArrayLength)
            throw Fault("ArrayLength", $"A list of {count} items is longer than {Context.Limits.ArrayLength}, which is the limit.");
        return (int)count;
    }

    public void Write(string text)
    {
        CheckOutput(text.Length);
        _output.Append(text);
    }

    public void Write(long number)
    {
        CheckOutput(20);
        _output.Append(number);
    }

    private void CheckOutput(int length)
    {
        if (_output.Length + (long)length > _outputLimit)
            throw Fault(_outputKind, $"The template writes more than {_outputLimit} characters, which is the limit.");
    }
}
