using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Playbooks;

/// <summary>
/// An amount of money in US dollars. Stored as whole nano-dollars (10⁻⁹): an amount is rounded once, when a receipt
/// is made; every sum after that is integer addition, so ledgers and counters agree to the last digit.
/// </summary>
/// <param name="Amount">Dollars; may be negative for a correction.</param>
[JsonConverter(typeof(UsdJson))]
public readonly record struct Usd(decimal Amount) : IComparable<Usd>
{
    private const decimal NanosPerDollar = 1_000_000_000m;

    /// <summary>Nothing.</summary>
    public static Usd Zero => new(0m);

    /// <summary>The amount in whole nano-dollars, half to even. Range ± 9.2 billion dollars.</summary>
    public long Nanos => (long)decimal.Round(Amount * NanosPerDollar, 0, MidpointRounding.ToEven);

    /// <summary>The amount that a whole number of nano-dollars stands for.</summary>
    public static Usd FromNanos(long nanos) => new(nanos / NanosPerDollar);

    /// <summary>The same amount in whole nano-dollars, which is what receipts hold.</summary>
    public Usd Rounded => FromNanos(Nanos);

    public int CompareTo(Usd other) => Amount.CompareTo(other.Amount);

    public static Usd operator +(Usd left, Usd right) => new(left.Amount + right.Amount);

    public static Usd operator -(Usd left, Usd right) => new(left.Amount - right.Amount);

    public static Usd operator *(Usd amount, decimal times) => new(amount.Amount * times);

    public static bool operator <(Usd left, Usd right) => left.Amount < right.Amount;

    public static bool operator >(Usd left, Usd right) => left.Amount > right.Amount;

    public static bool operator <=(Usd left, Usd right) => left.Amount <= right.Amount;

    public static bool operator >=(Usd left, Usd right) => left.Amount >= right.Amount;

    /// <summary>Dollars with a point and up to nine decimals, such as <c>0.000125</c>.</summary>
    public override string ToString() => Amount.ToString("0.#########", CultureInfo.InvariantCulture);
}

/// <summary>Money is a plain number in JSON.</summary>
internal sealed class UsdJson : JsonConverter<Usd>
{
    public override Usd Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetDecimal());

    public override void Write(Utf8JsonWriter writer, Usd value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Amount);
}
