using Agency.Silo.AzureTables;
using Azure.Data.Tables;

namespace Agency.Tests.Silo.AzureTables;

/// <summary>An emulator takes most of this; Azure does not.</summary>
public sealed class TableRulesTests
{
    [Fact]
    public void What_Azure_takes_is_taken()
    {
        TableRules.Check([Add("p", "a"), Add("p", "b", ("text", new string('长', 32 << 10)), ("bytes", new byte[64 << 10]))]);
        TableRules.Check([.. Enumerable.Range(0, 100).Select(i => Add("p", $"{i}"))]);
        TableRules.Check([Add("p", "a", [.. Enumerable.Range(0, 252).Select(i => ($"P{i}", (object)i))])]);
        TableRules.Check([Add("p", "a", Large(15))]);
        Assert.Equal("a b'\"%!长", TableRules.Key("a b'\"%!长"));
    }

    [Fact]
    public void A_transaction_stays_in_one_partition() => Refused("partitions p and q", Add("p", "a"), Add("q", "a"));

    [Fact]
    public void A_transaction_has_a_row_once() => Refused("two operations on a", Add("p", "a"), Add("p", "a"));

    [Fact]
    public void A_transaction_has_at_most_100_operations()
    {
        Refused("101 operations", [.. Enumerable.Range(0, 101).Select(i => Add("p", $"{i}"))]);
        Refused("0 operations");
    }

    [Fact]
    public void A_transaction_sends_at_most_4_MiB() => Refused("4194304 are possible", [.. Enumerable.Range(0, 4).Select(i => Add("p", $"{i}", Large(15)))]);

    [Fact]
    public void A_row_has_at_most_252_properties() => Refused("253 properties", Add("p", "a", [.. Enumerable.Range(0, 253).Select(i => ($"P{i}", (object)i))]));

    [Fact]
    public void A_row_has_at_most_1_MiB() => Refused("1048576 are possible", Add("p", "a", Large(16)));

    [Fact]
    public void A_property_has_at_most_64_KiB()
    {
        Refused("the length 65537", Add("p", "a", ("bytes", new byte[(64 << 10) + 1])));
        Refused("the length 32769", Add("p", "a", ("text", new string('a', (32 << 10) + 1))));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#")]
    [InlineData("a?")]
    [InlineData("a\t")]
    [InlineData("a\u0085")]
    public void A_key_has_nothing_that_is_forbidden(string key)
    {
        Refused("is no key", Add("p", key));
        Refused("is no key", Add(key, "a"));
        Refused("is no key", Add("p", new string('a', 513)));
    }

    private static (string, object)[] Large(int chunks) => [.. Enumerable.Range(0, chunks).Select(i => ($"P{i}", (object)new byte[64 << 10]))];

    private static TableTransactionAction Add(string partition, string key, params (string Name, object Value)[] properties)
    {
        var row = new TableEntity(partition, key);
        foreach (var (name, value) in properties) row[name] = value;
        return new(TableTransactionActionType.Add, row);
    }

    private static void Refused(string why, params TableTransactionAction[] actions) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => TableRules.Check(actions)).Message, StringComparison.Ordinal);
}
