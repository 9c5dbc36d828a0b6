using System.Globalization;
using Baton.Playbooks;
using Baton.Playbooks.Acting;

namespace Baton.Tools.Authority;

/// <summary>
/// Decides whether an agent may make a call. Pure: it reads the policy, the call and trusted facts, and nothing else;
/// what no clause allows is denied.
/// </summary>
internal sealed class ToolAuthority(IReadOnlyList<Tool> tools, IReadOnlyList<AgentIdentity> agents)
{
    public ToolAuthority(Playbook playbook) : this(playbook.Tools, playbook.Agents) { }

    /// <summary>The first clause that forbids it, else the first that wants a person, else allowed.</summary>
    public ToolVerdict Decide(ToolCall call, ToolFacts facts)
    {
        if (agents.FirstOrDefault(a => a.Name == call.Agent) is not { } agent)
            return Denied("agent", $"no agent is called '{call.Agent}'");
        if (tools.FirstOrDefault(t => t.Name == call.Tool) is not { } tool)
            return Denied("tool", $"no tool is called '{call.Tool}'");
        if (!agent.Scopes.Contains(tool.Scope))
            return Denied("scope", $"agent '{agent.Name}' does not hold the scope '{tool.Scope}'");
        if (ToolSchemas.InputProblem(tool, call.Inputs) is var (input, why))
            return Denied($"input:{input}", $"input '{input}' {why}");
        if (facts.Identity < tool.Identity)
            return Denied("identity", $"who asks is {EnumWords.Of(facts.Identity)}, it has to be {EnumWords.Of(tool.Identity)}");
        return Budget(agent, tool, call, facts) ?? Conditions(tool, call, facts) ?? MoneyAndLimits(tool, call, facts)
            ?? Confirmation(tool, facts) ?? (facts.Approved ? new ToolVerdict.Allowed() : Approval(tool, call, facts));
    }

    /// <summary>The amount that a call moves; 0 for tools that move none, null when it cannot be read.</summary>
    public static decimal? AmountOf(Tool tool, ToolCall call) =>
        tool.Money is not { } money ? 0
            : ToolSchemas.Text(call.Inputs[money.AmountInput]) is { } text
                && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
                ? amount : null;

    private static ToolVerdict.Denied? Budget(AgentIdentity agent, Tool tool, ToolCall call, ToolFacts facts)
    {
        var (budget, spent) = (agent.Budget, facts.Spent);
        if (spent.Calls >= budget.Calls) return Denied("budget:calls", $"{spent.Calls} calls made, {budget.Calls} allowed");
        if (spent.Tokens > budget.Tokens)
            return Denied("budget:tokens", $"{spent.Tokens} tokens used, {budget.Tokens} allowed");
        if (spent.Usd > budget.Usd) return Denied("budget:usd", $"{Money(spent.Usd)} USD used, {Money(budget.Usd)} allowed");
        return tool.Risk == ToolRisk.Money && spent.Amount + (AmountOf(tool, call) ?? 0) > budget.Amount
            ? Denied("budget:amount", $"agent '{agent.Name}' may move {Money(budget.Amount)} in a ticket")
            : null;
    }

    private static ToolVerdict.Denied? Conditions(Tool tool, ToolCall call, ToolFacts facts)
    {
        if (tool.Preconditions.Count == 0) return null;
        var computed = ComputedFacts.Of(tool, call, facts);
        foreach (var condition in tool.Preconditions)
        {
            if (condition.Condition.Judge(computed) == true) continue;
            var values = string.Join(", ", condition.Condition.Comparisons.Select(c => c.Field).Distinct()
                .Select(f => $"{f.Name} {ComputedFacts.Text(computed, f)}"));
            return Denied($"precondition:{condition.Name}", $"'{condition.Condition.Text}' does not hold: {values}");
        }
        return null;
    }

    private static ToolVerdict.Denied? MoneyAndLimits(Tool tool, ToolCall call, ToolFacts facts)
    {
        if (AmountOf(tool, call) is not { } amount) return Denied("amount", "the amount is not a number");
        if (tool.Money is { } money)
        {
            if (amount <= 0) return Denied("amount", $"an amount of {Money(amount)} cannot be moved");
            if (money.CurrencyInput is { } input && ToolSchemas.Text(call.Inputs[input]) != money.Currency)
                return Denied("currency", $"the limits are in {money.Currency}, and the call is not");
        }
        var (limits, usage) = (tool.Limits, facts.Usage);
        if (limits.PerCall is { } most && amount > most)
            return Denied("limit:per_call", $"{Money(amount)} is more than {Money(most)} in one call");
        return Over("per_ticket", limits.PerTicket, usage.Ticket, amount)
            ?? Over("per_customer_day", limits.PerCustomerDay, usage.CustomerDay, amount)
            ?? Over("per_day", limits.PerDay, usage.Day, amount);
    }

    private static ToolVerdict.Denied? Over(string span, ToolLimit limit, Used used, decimal amount)
    {
        if (limit.Count is { } count && used.Count >= count)
            return Denied($"limit:{span}", $"{used.Count} calls made, {count} allowed {span.Replace('_', ' ')}");
        return limit.Amount is { } most && used.Amount + amount > most
            ? Denied($"limit:{span}",
                $"{Money(used.Amount)} moved and {Money(amount)} more is over {Money(most)} {span.Replace('_', ' ')}")
            : null;
    }

    /// <summary>The customer comes first: no person is asked about what the customer may not want.</summary>
    private static ToolVerdict? Confirmation(Tool tool, ToolFacts facts) =>
        tool.Confirm is null || facts.Agreed == true ? null
            : facts.Agreed == false
                ? Denied("confirm", "the customer was shown it and has not plainly said yes")
                : new ToolVerdict.NeedsConfirmation();

    /// <summary>
    /// Whether a person has to say yes: because of the amount, or because nobody vouches for an input.
    /// </summary>
    private static ToolVerdict Approval(Tool tool, ToolCall call, ToolFacts facts)
    {
        var policy = tool.Approval ?? new ToolApproval();
        if (tool.Approval is { } rule && (rule.Above is not { } above || AmountOf(tool, call) > above))
            return new ToolVerdict.NeedsApproval(
                rule.Above is { } over ? $"{Money(AmountOf(tool, call) ?? 0)} is more than {Money(over)}" : "policy asks a person every time",
                "approval", policy.Role, policy.FourEyes);
        return Taint.Unbacked(tool, call, facts) is { } input
            ? new ToolVerdict.NeedsApproval(
                $"nothing that was looked up vouches for the input '{input}'", $"taint:{input}", policy.Role, policy.FourEyes)
            : new ToolVerdict.Allowed();
    }

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static ToolVerdict.Denied Denied(string clause, string reason) => new(reason, clause);
}
