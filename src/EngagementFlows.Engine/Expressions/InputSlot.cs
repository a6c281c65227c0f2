using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Expressions;

/// <summary>An input of a node, made ready for evaluation.</summary>
internal sealed class InputSlot
{
    private InputSlot(InputDescriptor descriptor, Expression? expression)
    {
        Descriptor = descriptor;
        Expression = expression;
        Type = DataType.TryParse(descriptor.TypeName, out DataType type) ? type : DataType.Object;
        if (expression is null)
        {
            Constant = descriptor.DefaultValue;
            IsConstant = true;
        }
        else if (expression.IsConstant && ValueConversion.TryConvert(expression.Value, Type, out object? converted) && converted is not (PlainList or PlainObject or byte[]))
        {
            Constant = converted;
            IsConstant = true;
        }
    }

    public InputDescriptor Descriptor { get; }

    public DataType Type { get; }

    public Expression? Expression { get; }

    /// <summary>Gets whether every evaluation gives <see cref="Constant"/>.</summary>
    public bool IsConstant { get; }

    public object? Constant { get; }

    /// <summary>Prepares the inputs of a node; those that the activity reads by itself get no slot of use but keep their place.</summary>
    public static InputSlot[] Prepare(ActivityNode node)
    {
        if (node.Activity is null)
            return [];
        IReadOnlyList<InputDescriptor> descriptors = node.Activity.Descriptor.Inputs;
        InputSlot[] slots = new InputSlot[descriptors.Count];
        for (int i = 0; i < slots.Length; i++)
            slots[i] = new(descriptors[i], descriptors[i].IsEvaluated ? node.Input(descriptors[i].Name)?.Expression : null);
        return slots;
    }
}
