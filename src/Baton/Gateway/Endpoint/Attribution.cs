using System.Security.Cryptography;
using System.Text;
using Baton.Gateway.Keys;
using Baton.Privacy;

namespace Baton.Gateway.Endpoint;

/// <summary>
/// What the headers of a request may write on receipts and spans. A value with personal data becomes a pseudonym, the
/// same for the same value and key. Customers and tickets belong to the key that names them, so that no key can spend
/// the budget of another's.
/// </summary>
internal sealed class Attribution(Redactor redactor, VirtualKey key)
{
    private const int PseudonymBytes = 8;

    /// <summary>A value without personal data.</summary>
    public string Plain(string value) =>
        redactor.Redact(value, new Placeholders()).Text == value ? value : Pseudonym(value);

    /// <summary>
    /// The account of a customer or a ticket: the key's own, or Baton's where the key may name those.
    /// </summary>
    public string Account(string id) => key.SharesAccounts ? Plain(id) : $"{key.Id}/{Plain(id)}";

    private string Pseudonym(string value)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Id), Encoding.UTF8.GetBytes(value));
        return "pseudonym-" + Convert.ToHexStringLower(hash.AsSpan(0, PseudonymBytes));
    }
}
