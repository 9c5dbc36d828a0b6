using System.Text.Json.Nodes;
using Baton.Playbooks.Acting;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading.Tools;

/// <summary>Reads what a tool may do: for whom, how much, under which conditions, and how it is proven.</summary>
internal static class ToolActing
{
    private const int MostCalls = 1_000_000;
    private const decimal MostMoney = 1_000_000_000;
    private static readonly string[] Roles = ["agent", "lead", "admin"];

    /// <param name="references">Gets the other tools that this one names; they may be declared later.</param>
    public static Tool Read(Section tool, Tool called, List<ToolReference> references, LoadState state)
    {
        string[] inputs = [.. (called.InputSchema["properties"] as JsonObject)?.Select(p => p.Key) ?? []];
        var lookups = ToolConditions.Lookups(tool, references);
        var facts = ToolConditions.Facts(tool);
        var key = tool.Located("idempotency_key");
        var read = called with
        {
            Identity = tool.Choice<IdentityNeed>("identity")
                ?? (called.Risk is ToolRisk.High or ToolRisk.Money ? IdentityNeed.Verified : IdentityNeed.None),
            Lookups = lookups,
            Facts = facts,
            Preconditions = ToolConditions.Preconditions(tool, facts),
            Limits = tool.Child("limits") is { } limits ? Limits(limits) : new ToolLimits(),
            Money = tool.Child("money") is { } money ? Money(money, inputs) : null,
            Confirm = Confirm(tool, called, inputs),
            Approval = tool.Child("approval") is { } approval ? Approval(approval) : null,
            BackedBy = tool.Child("backed_by") is { } backed ? BackedBy(backed, inputs) : called.BackedBy,
            FreeInputs = [.. tool.Texts("free_inputs").Where(f => Known(f, inputs, tool)).Select(f => f.Text)],
            IdempotencyKey = key?.Text,
            IdempotencyHeader = tool.OptionalText("idempotency_header"),
            Idempotent = tool.Flag("idempotent", called.Risk == ToolRisk.Read || key is not null),
            Reconcile = tool.Child("reconcile") is { } reconcile ? Reconcile(reconcile, references) : null,
            Receipt = tool.Child("receipt") is { } receipt ? Receipt(receipt) : new ToolReceipt(),
            Told = tool.OptionalText("told"),
        };
        if (read is { IdempotencyKey: not null, IdempotencyHeader: null, Idempotent: true })
            read = read with { IdempotencyHeader = "Idempotency-Key" };
        CheckKey(tool, key, inputs);
        CheckMoney(tool, read, state);
        return read;
    }

    private static void CheckKey(Section tool, Located? key, string[] inputs)
    {
        if (key is not { } given) return;
        string[] known = ["ticket", "tool", .. inputs];
        Holes.Check(given, "idempotency_key", known, tool.Problems);
        if (Holes.Read(given.Text) is { Count: 0 })
            tool.Problems.Add(given,
                $"{tool.What}: 'idempotency_key' has no hole, so that only one call would ever be made; write refund-{{ticket}}");
    }

    private static void CheckMoney(Section tool, Tool read, LoadState state)
    {
        if (read.Risk != ToolRisk.Money) return;
        var risk = tool.Located("risk") ?? tool.Here;
        if (read.Money is null)
            state.Problems.Add(risk,
                $"{tool.What}: risk 'money' needs its amount; write money: {{ amount: amount, currency: EUR }}");
        if (read.Limits is { PerCall: null, PerTicket.Amount: null })
            state.Problems.Add(risk,
                $"{tool.What}: risk 'money' needs a limit; write limits: {{ per_call: {{ amount: 100 }} }}");
        if (read is { Idempotent: false, Reconcile: null })
            state.Problems.Warn(risk,
                $"{tool.What}: when an answer is lost nobody knows whether it was done, and a person has to look; "
                + "write idempotency_key or reconcile");
    }

    private static ToolLimits Limits(Section limits)
    {
        var call = limits.Child("per_call");
        var read = new ToolLimits
        {
            PerCall = call?.Number("amount", 0, MostMoney),
            PerTicket = Limit(limits, "per_ticket"),
            PerCustomerDay = Limit(limits, "per_customer_day"),
            PerDay = Limit(limits, "per_day"),
        };
        call?.Close();
        limits.Close();
        return read;
    }

    private static ToolLimit Limit(Section limits, string span)
    {
        if (limits.Child(span) is not { } limit) return default;
        var read = new ToolLimit((int?)limit.Number("count", 0, MostCalls), limit.Number("amount", 0, MostMoney));
        limit.Close();
        return read;
    }

    private static ToolMoney Money(Section money, string[] inputs)
    {
        var amount = money.RequiredLocated("amount", "amount");
        var currencyInput = money.Located("currency_input");
        if (amount is { } a) Known(a, inputs, money);
        if (currencyInput is { } c) Known(c, inputs, money);
        var currency = money.RequiredLocated("currency", "EUR");
        if (currency is { } code && (code.Text.Length != 3 || code.Text.Any(l => !char.IsAsciiLetterUpper(l))))
            money.Problems.Add(code, $"{money.What}: '{code.Text}' is not a currency; write three letters such as EUR");
        money.Close();
        return new ToolMoney(amount?.Text ?? "", currency?.Text ?? "", currencyInput?.Text);
    }

    /// <summary>Nobody agrees to what they have not seen.</summary>
    private static ToolConfirmation? Confirm(Section tool, Tool called, string[] inputs)
    {
        var (by, text) = (tool.Located("confirm"), tool.Located("confirm_text"));
        if (by is null)
        {
            if (text is { } alone) tool.Problems.Add(alone, $"{tool.What}: 'confirm_text' needs confirm: customer");
            return null;
        }
        if (by is { Text: not "customer" } other)
            tool.Problems.Add(other, $"{tool.What}: 'confirm' cannot be '{other.Text}'; write confirm: customer");
        if (!called.HasEffect)
            tool.Problems.Add(by.Value, $"{tool.What}: risk 'read' changes nothing, so there is nothing to confirm");
        Holes.Check(text, "confirm_text", inputs, tool.Problems);
        var free = tool.Texts("free_inputs").Select(f => f.Text);
        foreach (var input in text is null ? [] : inputs.Except(free).Except(Holes.Read(text.Value.Text) ?? []))
            if ((called.InputSchema["properties"]?[input] as JsonObject)?.ContainsKey("from") != true)
                tool.Problems.Add(text!.Value,
                    $"{tool.What}: 'confirm_text' does not show '{input}', and nobody agrees to what they have not seen; "
                    + $"add {{{input}}}");
        return new ToolConfirmation(text?.Text);
    }

    private static ToolApproval Approval(Section approval)
    {
        var role = approval.Located("role");
        if (role is { } given && !Roles.Contains(given.Text))
            approval.Problems.Add(given,
                $"{approval.What}: 'role' cannot be '{given.Text}'{Suggestion.Hint(given.Text, Roles)}");
        var read = new ToolApproval
        {
            Above = approval.Number("above", 0, MostMoney),
            Role = role?.Text ?? "lead",
            FourEyes = approval.Flag("four_eyes", false),
            Expires = approval.Duration("expires", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30))
                ?? TimeSpan.FromHours(24),
        };
        approval.Close();
        return read;
    }

    private static Dictionary<string, IReadOnlyList<string>> BackedBy(Section backed, string[] inputs)
    {
        var read = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var entry in backed.Entries)
        {
            Known(new Located(entry.Key, backed.File, entry.Line, entry.Column), inputs, backed);
            IReadOnlyList<Located> places = entry.Value is Yaml.YamlValue.Sequence
                ? backed.Texts(entry.Key)
                : backed.Located(entry.Key) is { } one ? [one] : [];
            read[entry.Key] = [.. places.Select(p => OwnerReader.Place(p, backed)).OfType<string>()];
        }
        return read;
    }

    private static ToolReconcile Reconcile(Section reconcile, List<ToolReference> references)
    {
        var tool = reconcile.RequiredLocated("tool", "find_refund");
        if (tool is { } named) references.Add(new ToolReference(named, reconcile.What));
        var read = new ToolReconcile(
            tool?.Text ?? "", ToolConditions.Inputs(reconcile),
            OwnerReader.Place(reconcile.RequiredLocated("done", "refund.id"), reconcile) ?? "",
            Receipt(reconcile));
        return read;
    }

    private static ToolReceipt Receipt(Section receipt)
    {
        var read = new ToolReceipt(
            OwnerReader.Place(receipt.Located("reference"), receipt),
            OwnerReader.Place(receipt.Located("amount"), receipt),
            OwnerReader.Place(receipt.Located("currency"), receipt));
        receipt.Close();
        return read;
    }

    private static bool Known(Located input, string[] inputs, Section section)
    {
        if (inputs.Contains(input.Text)) return true;
        section.Problems.Add(input,
            $"{section.What}: '{input.Text}' is not an input{Suggestion.Hint(input.Text, inputs)}");
        return false;
    }
}
