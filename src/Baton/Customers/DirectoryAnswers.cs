using System.Text.Json;
using Baton.Operations.Vendors;
using Baton.Text.Words;

namespace Baton.Customers;

/// <summary>What directories have in common: what an answer is as a customer, and a failure as an exception.</summary>
internal static class DirectoryAnswers
{
    private const int LongestValue = 200;

    /// <summary>The reply, or null where it says that there is nobody.</summary>
    /// <exception cref="CustomerDirectoryException">It could not be asked.</exception>
    public static VendorReply? Reply(VendorAnswer answer) => answer switch
    {
        VendorAnswer.Done done => done.Reply,
        VendorAnswer.Failed { Failure.Status: 404 } => null,
        VendorAnswer.Failed { Failure: var failure } =>
            throw new CustomerDirectoryException(failure.Why, failure.MayPass),
        _ => throw new System.Diagnostics.UnreachableException(answer.GetType().Name),
    };

    /// <summary>A customer, whose tier and account stand at the places that the settings name.</summary>
    public static CustomerRecord Record(string id, JsonElement json, CustomersOptions options) =>
        new(id, At(json, options.Tier) ?? "", null, Account(json, options.AccountFields));

    public static Dictionary<string, string> Account(JsonElement json, IReadOnlyDictionary<string, string> places)
    {
        var account = new Dictionary<string, string>();
        foreach (var (name, place) in places)
            if (At(json, place) is { } value) account[name] = value;
        return account;
    }

    /// <summary>
    /// A plain value at a place such as <c>plan.name</c> or <c>data.0.id</c>; null where there is none.
    /// </summary>
    public static string? At(JsonElement json, string place)
    {
        foreach (var step in place.Split('.'))
            json = json.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index)
                ? json.EnumerateArray().Skip(index).FirstOrDefault() : json.At(step);
        var value = json.ValueKind switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Number => json.GetRawText(),
            _ => json.Text(),
        };
        return value is null ? null : CutText.Of(value, LongestValue);
    }

    /// <summary>How a vendor's API is called for lookups.</summary>
    public static VendorAccess Access(CustomersOptions options, Action<HttpRequestMessage> sign) => new()
    {
        Setting = "BATON__Customers__", Url = options.Address, AllowPrivate = options.AllowPrivate,
        Timeout = options.Timeout, Sign = sign,
    };
}
