import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'vpc-flow',
  title: 'VPC flow logs',
  table: 'flows',
  mapSql,
  timeColumn: 'start_time',
  idColumn: null,
});
