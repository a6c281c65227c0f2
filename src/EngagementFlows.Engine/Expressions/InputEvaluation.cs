using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Evaluates the inputs of an execution, before it begins and again before it goes on.</summary>
internal static class InputEvaluation
{
    public static void Evaluate(ActivityExecution execution)
    {
        InputSlot[] slots = execution.Node.InputSlots;
        if (slots.Length == 0)
            return;
        if (execution.Inputs.Length != slots.Length)
            execution.Inputs = new object?[slots.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            InputSlot slot = slots[i];
            if (slot.IsConstant)
            {
                execution.Inputs[i] = slot.Constant;
                continue;
            }

            try
            {
                execution.Inputs[i] = Evaluator.Evaluate(execution, slot.Expression!, slot.Type);
            }
            catch (EvaluationException failure)
            {
                throw new EvaluationException($"The input '{slot.Descriptor.Name}' of the activity '{execution.Node.Id}' could not be evaluated.", failure);
            }
        }
    }
}
