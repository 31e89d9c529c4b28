// What a request declares and what the backend is told, to look at.
import { Flex, Table, Typography } from 'antd'
import { useText } from '../../i18n/text'
import type { Definition } from './queries'

export function ParametersTable({ definition }: { readonly definition: Definition }) {
  const t = useText()
  const { parameters: words, mapping } = t.apis
  const { parameters = [], backend_parameters: told = [] } = definition
  const heading = { fontSize: 16, margin: 0 }
  return (
    <Flex vertical gap={16}>
      {parameters.length > 0 && (
        <section aria-label={words.title}>
          <Typography.Title level={2} style={heading}>{words.title}</Typography.Title>
          <Table
            size="small"
            pagination={false}
            rowKey="name"
            dataSource={parameters}
            columns={[
              { title: words.name, dataIndex: 'name' },
              { title: words.location, render: (_, { location }) => words.locations[location] },
              { title: words.type, dataIndex: 'type' },
              { title: words.required, render: (_, { required }) => (required ? t.common.yes : t.common.no) },
              { title: words.default, dataIndex: 'default' },
              { title: t.common.description, dataIndex: 'description' },
            ]}
          />
        </section>
      )}
      {told.length > 0 && (
        <section aria-label={mapping.title}>
          <Typography.Title level={2} style={heading}>{mapping.title}</Typography.Title>
          <Table
            size="small"
            pagination={false}
            rowKey={({ location, name }) => `${location} ${name}`}
            dataSource={told}
            columns={[
              { title: mapping.name, dataIndex: 'name' },
              { title: words.location, render: (_, { location }) => words.locations[location] },
              { title: mapping.from, render: (_, { origin }) => mapping.origins[origin.from] },
              { title: mapping.value, render: (_, { origin }) => (origin.from === 'constant' ? origin.value : origin.name) },
            ]}
          />
        </section>
      )}
    </Flex>
  )
}
