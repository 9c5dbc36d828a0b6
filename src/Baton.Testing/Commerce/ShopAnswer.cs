using System.Text.Json.Nodes;

namespace Baton.Testing.Commerce;

/// <summary>A request to the shop, however it came.</summary>
/// <param name="Path">Below the shop's own address, such as <c>/orders/NW-10003</c>.</param>
/// <param name="Key">Header <c>Idempotency-Key</c>; whatever has an effect needs one.</param>
public sealed record ShopRequest(string Method, string Path, string? Key = null, string Body = "");

/// <summary>What the shop says.</summary>
public sealed record ShopAnswer(int Status, JsonObject Body)
{
    internal static ShopAnswer Refuse(int status, string code, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
}
